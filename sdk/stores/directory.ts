import { BehaviorSubject } from 'rxjs';
import type { Observable } from 'rxjs';
import { LIMITS } from '#protocol';
import type { Person } from '#protocol';
import type { DirectoryHits, DirectoryQuery, DirectoryStore } from '../api.js';
import { Wanted } from './wanted.js';
import type { Wire } from './wire.js';

/** The people seen so far. Whoever is asked for and not known is looked up, all of one moment in one question. */
export class Directory implements DirectoryStore {
  readonly #people = new Map<string, BehaviorSubject<Person | null>>();
  readonly #wanted: Wanted;
  /** Not in the directory: not asked for again until some answer names them. */
  readonly #missing = new Set<string>();
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
    this.#wanted = new Wanted(wire, LIMITS.usersPerCommand, (users) => this.#ask(users));
  }

  person$(id: string): Observable<Person | null> {
    const person$ = this.#entry(id);
    if (person$.value === null) this.#want(id);
    return person$.asObservable();
  }

  person(id: string): Person | null {
    return this.#people.get(id)?.value ?? null;
  }

  async search(text: string, limit: number = LIMITS.searchHits): Promise<readonly Person[]> {
    const { people } = await this.#wire.command('directory:search', { text, limit });
    this.add(people);
    return people;
  }

  async searchAll(text: string, limit: number = LIMITS.searchHits): Promise<DirectoryHits> {
    const kinds = ['person', 'group', 'mailbox'] as const;
    const { people, groups = [], mailboxes = [] } = await this.#wire.command('directory:search', { text, limit, kinds: [...kinds] });
    this.add(people);
    return { people, groups, mailboxes };
  }

  async browse({ limit = LIMITS.browsePage, ...query }: DirectoryQuery = {}): Promise<{ people: readonly Person[]; next: string | null }> {
    const page = await this.#wire.command('directory:browse', { limit, ...query });
    this.add(page.people);
    return page;
  }

  /** People named by an answer or a snapshot. */
  add(people: readonly Person[]): void {
    for (const person of people) {
      const held = this.#entry(person.id);
      this.#wanted.delete(person.id);
      this.#missing.delete(person.id);
      if (JSON.stringify(held.value) !== JSON.stringify(person)) held.next(person);
    }
  }

  connected(): void {
    for (const [id, { value }] of this.#people) if (value === null) this.#want(id);
    this.#wanted.connected();
  }

  dispose(): void {
    for (const person$ of this.#people.values()) {
      person$.next(null);
      person$.complete();
    }
    this.#people.clear();
    this.#wanted.clear();
    this.#missing.clear();
  }

  #entry(id: string): BehaviorSubject<Person | null> {
    let person$ = this.#people.get(id);
    if (!person$) this.#people.set(id, (person$ = new BehaviorSubject<Person | null>(null)));
    return person$;
  }

  #want(id: string): void {
    if (!this.#missing.has(id)) this.#wanted.add(id);
  }

  async #ask(users: string[]): Promise<void> {
    const { people } = await this.#wire.command('directory:get', { users });
    this.add(people);
    for (const id of users) if (!this.person(id)) this.#missing.add(id);
  }
}
