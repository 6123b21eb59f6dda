import type { Parley } from '../../api.js';
import type { FhircastEvent } from './frames.js';

export type Guest = Pick<Parley, 'end' | 'lock' | 'host'>;

/**
 * The user's last word on going: a client that comes later has to hear it, too. The standard has no event for coming back, so it holds until
 * somebody opens a study or a report after it, by the time of the events: a hub tells again what was opened before.
 */
export class Absence {
  #word: { act: (guest: Guest) => void; at: number; ends: boolean } | null = null;
  /** Who was told: the host may have unlocked it since, and attached it once more. */
  #told = new WeakSet<Guest>();

  /** By its time, or by this clock where it has none. */
  begin(event: FhircastEvent, now: number, act: (guest: Guest) => void): void {
    this.#word = { act, at: event.at ?? now, ends: event.name === 'userlogout' };
    this.#told = new WeakSet();
  }

  tell(guest: Guest): void {
    if (!this.#word || this.#told.has(guest)) return;
    this.#told.add(guest);
    this.#word.act(guest);
  }

  /** Home may be where an application goes when nobody is there. */
  seen({ name, at }: FhircastEvent): void {
    const word = this.#word;
    if (word && !word.ends && /^(?:imagingstudy|diagnosticreport)-open$/.test(name) && at !== null && at > word.at) this.#word = null;
  }

  end(): void {
    this.#word = null;
  }
}
