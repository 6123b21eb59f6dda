import type { Caller, PhoneActivity } from './script.js';
import { CALL_EVERY, CALLS, MOST_WAITING, PATIENCE, PHONES, RINGS, ROUND, TALKS } from './script.js';

export interface Call {
  id: string;
  caller: Caller;
  line: string;
  /** Id of the person asked for. */
  wanted: string | null;
  state: 'queued' | 'talking' | 'held' | 'transferred';
  /** Since when it is in this state. UTC, ms. */
  since: number;
  /** Who has answered it. */
  operator: string | null;
  /** Whose telephone it was put through to. */
  target: string | null;
}

export interface ExchangeState {
  calls: readonly Call[];
  /** By person; everybody with a telephone. */
  phones: Readonly<Record<string, PhoneActivity>>;
}

/** What an operator asked for cannot be done; the message is for people. */
export class CannotDo extends Error {}

/**
 * The telephone exchange of a trading company: calls come in, wait and give up by a fixed script, operators answer them and put
 * them through, and telephones ring and talk. `advance` moves it on; nothing in it knows the time by itself.
 */
export class Exchange {
  readonly #now: () => number;
  readonly #people: readonly string[];
  readonly #listeners = new Set<(state: ExchangeState) => void>();
  #calls: Call[] = [];
  #phones: Record<string, PhoneActivity> = {};
  #second = 0;
  #called = 0;

  constructor(people: readonly string[], now: () => number = Date.now) {
    this.#people = people;
    this.#now = now;
    this.ring();
    this.ring();
    this.#phones = this.#phonesNow();
  }

  get state(): ExchangeState {
    return { calls: this.#calls, phones: this.#phones };
  }

  find(id: string): Call | undefined {
    return this.#calls.find((call) => call.id === id);
  }

  /** Told after every change, not of the state as it is. */
  subscribe(listener: (state: ExchangeState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** One second more. */
  advance(): void {
    this.#second += 1;
    const waited = (call: Call) => (this.#now() - call.since) / 1000;
    const before = this.#calls.length;
    this.#calls = this.#calls.filter(
      (call) => !(call.state === 'queued' && waited(call) >= PATIENCE) && !(call.state === 'transferred' && waited(call) >= RINGS + TALKS),
    );
    const waiting = this.#calls.filter(({ state }) => state === 'queued').length;
    if (this.#second % CALL_EVERY === 0 && waiting < MOST_WAITING) this.ring();
    else this.#changed(this.#calls.length !== before);
  }

  /** The next caller of the script calls. */
  ring(): void {
    const next = CALLS[this.#called % CALLS.length];
    if (!next) return;
    this.#called += 1;
    this.#calls.push({ ...next, id: `call-${String(this.#called)}`, state: 'queued', since: this.#now(), operator: null, target: null });
    this.#changed(true);
  }

  /** Takes the call, or the one that has waited longest; the one that the operator is in is held meanwhile. @throws CannotDo */
  answer(operator: string, id?: string): void {
    const call = this.#calls.find((one) => one.state === 'queued' && (id === undefined || one.id === id));
    if (!call) throw new CannotDo(id === undefined ? 'No call is waiting' : 'Somebody else has answered, or the caller has given up');
    const talking = this.#of(operator, 'talking');
    if (talking) this.#move(talking, 'held');
    call.operator = operator;
    this.#move(call, 'talking');
  }

  /** Holds the call that the operator is in, or goes back to the held one. @throws CannotDo */
  hold(operator: string): void {
    const talking = this.#of(operator, 'talking');
    const held = this.#of(operator, 'held');
    if (talking) this.#move(talking, 'held');
    else if (held) this.#move(held, 'talking');
    else throw new CannotDo('There is no call to hold');
  }

  /** Ends the call that the operator is in. @throws CannotDo */
  release(operator: string): void {
    const call = this.#current(operator);
    this.#calls = this.#calls.filter((one) => one !== call);
    this.#changed(true);
  }

  /** Puts the call through to a telephone that is free. @throws CannotDo */
  transfer(operator: string, target: string): void {
    const call = this.#current(operator);
    if (!this.#people.includes(target) || target === operator) throw new CannotDo('There is no such telephone');
    if (this.#phones[target] !== 'idle') throw new CannotDo('That telephone is in use');
    call.target = target;
    this.#move(call, 'transferred');
  }

  #current(operator: string): Call {
    const call = this.#of(operator, 'talking') ?? this.#of(operator, 'held');
    if (!call) throw new CannotDo('You are in no call');
    return call;
  }

  #of(operator: string, state: Call['state']): Call | undefined {
    return this.#calls.find((call) => call.operator === operator && call.state === state);
  }

  #move(call: Call, state: Call['state']): void {
    call.state = state;
    call.since = this.#now();
    this.#changed(true);
  }

  #changed(calls: boolean): void {
    const phones = this.#phonesNow();
    const rang = this.#people.some((user) => phones[user] !== this.#phones[user]);
    this.#phones = phones;
    if (calls || rang) for (const listener of this.#listeners) listener(this.state);
  }

  #phonesNow(): Record<string, PhoneActivity> {
    const phones: Record<string, PhoneActivity> = Object.fromEntries(this.#people.map((user) => [user, 'idle']));
    const second = this.#second % ROUND;
    for (const { user, from, state } of PHONES) if (from <= second) phones[user] = state;
    for (const { state, since, operator, target } of this.#calls) {
      if (state === 'talking' && operator !== null) phones[operator] = 'on-call';
      if (state === 'held' && operator !== null && phones[operator] === 'idle') phones[operator] = 'hold';
      if (state === 'transferred' && target !== null) phones[target] = this.#now() - since < RINGS * 1000 ? 'ringing' : 'on-call';
    }
    return phones;
  }
}
