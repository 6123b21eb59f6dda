import { BehaviorSubject } from 'rxjs';
import type { Observable } from 'rxjs';
import { LIMITS } from '#protocol';
import type { Person } from '#protocol';
import type { DirectoryStore } from '../api.js';
import type { Wire } from './wire.js';

/** The people seen so far. Whoever is asked for and not known is looked up, all of one moment in one question. */
export class Directory implements DirectoryStore {
  readonly #people = new Map<string, BehaviorSubject<Person | null>>();
  readonly #wanted = new Set<string>();
  /** Not in the directory: not asked for again until some answer names them. */
  readonly #missing = new Set<string>();
  readonly #wire: Wire;
  #asking = false;

  constructor(wire: Wire) {
    this.#wire = wire;
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
    if (this.#missing.has(id)) return;
    this.#wanted.add(id);
    if (!this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    await Promise.resolve();
    while (this.#wire.connected && this.#wanted.size > 0) {
      const users = [...this.#wanted].slice(0, LIMITS.usersPerCommand);
      for (const id of users) this.#wanted.delete(id);
      await this.#wire.command('directory:get', { users }).then(
        ({ people }) => {
          this.add(people);
          for (const id of users) if (!this.person(id)) this.#missing.add(id);
        },
        // Asked again at the next connection, or when somebody asks.
        () => {},
      );
    }
    this.#asking = false;
  }
}
