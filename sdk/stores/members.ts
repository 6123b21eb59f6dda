import { BehaviorSubject, Observable } from 'rxjs';
import type { Marks, Member, Person } from '#protocol';
import { Wanted } from './wanted.js';
import type { Wire } from './wire.js';

interface Roll {
  members$: BehaviorSubject<readonly Member[]>;
  watchers: number;
}

/** Who is in a conversation and how far each of them is; held for conversations that somebody looked at. */
export class Members {
  readonly #rolls = new Map<string, Roll>();
  readonly #wire: Wire;
  readonly #wanted: Wanted;
  readonly #people: (people: readonly Person[]) => void;

  constructor(wire: Wire, people: (people: readonly Person[]) => void) {
    this.#wire = wire;
    this.#wanted = new Wanted(wire, 1, ([id = '']) => this.#load(id));
    this.#people = people;
  }

  of(id: string): Observable<readonly Member[]> {
    return new Observable((subscriber) => {
      const roll = this.#roll(id);
      if (roll.watchers++ === 0) this.#wanted.add(id);
      const subscription = roll.members$.subscribe(subscriber);
      return () => {
        roll.watchers--;
        subscription.unsubscribe();
      };
    });
  }

  moved(id: string, user: string, marks: Marks): void {
    const members$ = this.#rolls.get(id)?.members$;
    const before = members$?.value.find((member) => member.user === user);
    if (!members$ || !before || (marks.delivered <= before.marks.delivered && marks.read <= before.marks.read)) return;
    members$.next(members$.value.map((member) => (member === before ? { ...member, marks } : member)));
  }

  /** What is sent waits for this member, or no longer (S6). */
  held(id: string, user: string, held: boolean): void {
    const members$ = this.#rolls.get(id)?.members$;
    members$?.next(members$.value.map((member) => (member.user === user ? { ...member, held } : member)));
  }

  /** Somebody came or went. */
  changed(id: string): void {
    if (this.#rolls.get(id)?.watchers) this.#wanted.add(id);
  }

  /** Marks may have moved while there was no connection. */
  connected(): void {
    for (const id of this.#rolls.keys()) this.changed(id);
    this.#wanted.connected();
  }

  dispose(): void {
    for (const { members$ } of this.#rolls.values()) {
      members$.next([]);
      members$.complete();
    }
    this.#rolls.clear();
    this.#wanted.clear();
  }

  #roll(id: string): Roll {
    let roll = this.#rolls.get(id);
    if (!roll) this.#rolls.set(id, (roll = { members$: new BehaviorSubject<readonly Member[]>([]), watchers: 0 }));
    return roll;
  }

  async #load(id: string): Promise<void> {
    const roll = this.#rolls.get(id);
    if (!roll?.watchers) return;
    const { members, people } = await this.#wire.command('conversation:get', { conversation: id });
    this.#people(people);
    const held = new Map(roll.members$.value.map((member) => [member.user, member]));
    roll.members$.next(members.map((member) => further(member, held.get(member.user))));
  }
}

/** An answer may be older than a mark that overtook it. */
function further(fresh: Member, held: Member | undefined): Member {
  return held &&
    held.active === fresh.active &&
    held.held === fresh.held &&
    held.invited === fresh.invited &&
    held.since === fresh.since &&
    held.marks.delivered >= fresh.marks.delivered &&
    held.marks.read >= fresh.marks.read
    ? held
    : fresh;
}
