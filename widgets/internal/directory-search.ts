import type { Person } from '#sdk';
import { Search, type SearchHost } from './search.js';

/** Looks people up while somebody types. */
export class DirectorySearch extends Search<Person> {
  constructor(host: SearchHost) {
    super(host, (session, text) => session.directory.search(text));
  }

  get people(): readonly Person[] {
    return this.hits;
  }
}
