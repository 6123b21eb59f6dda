import type { ReactiveControllerHost } from 'lit';
import type { Parley, Person } from '#sdk';
import { KeyedValues } from './keyed-values.js';

interface PeopleHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/** Names for whoever a template mentions: `#people = new PeopleController(this)`, then `this.#people.get(id)`. */
export class PeopleController extends KeyedValues<Person> {
  constructor(host: PeopleHost) {
    super(host, (session, id) => session.directory.person$(id));
  }
}
