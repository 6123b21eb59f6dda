import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../support/random.js';
import { eventually } from '../../support/eventually.js';
import { type Finding, finding } from '../checkers/finding.js';
import { findDisorder, findDuplicates, findPhantoms } from '../checkers/log.js';
import { RenderChecker } from '../checkers/renders.js';
import type { Subject } from '../subjects/subject.js';
import { History, type Reading } from './history.js';
import { Person } from './person.js';
import { readLog } from './read-log.js';

export interface CrowdOptions {
  people: number;
  conversations: number;
  /** Members of each conversation. */
  members: number;
  /** By how much the clock of each page is off; ms. */
  skew?: (index: number) => number;
  /** Others who are in every conversation and say nothing; the directory knows them already. */
  besides?: readonly string[];
}

/** People at pages who talk to each other, all through the balancer; what each of them is shown is looked at. */
export class Crowd {
  readonly renders: RenderChecker;
  readonly people: readonly Person[];
  readonly #random: Random;
  readonly #history = new History();
  /** Members of each conversation. */
  readonly #conversations = new Map<string, Person[]>();
  #acknowledged = 0;
  #talking = false;
  #lastWordAt = performance.now();
  #talk: Promise<unknown> = Promise.resolve();

  private constructor(random: Random, people: readonly Person[], renders: RenderChecker) {
    this.renders = renders;
    this.#random = random;
    this.people = people;
  }

  static async gather(
    subject: Subject,
    random: Random,
    { people, conversations, members, skew = () => 0, besides = [] }: CrowdOptions,
    name = 'p',
  ): Promise<Crowd> {
    const renders = new RenderChecker();
    const everybody = Array.from({ length: people }, (_, index) => {
      const user = `${name}-${String(index + 1).padStart(2, '0')}`;
      return new Person(user, { url: subject.url, token: () => subject.token(user), random, renders, skew: skew(index) });
    });
    const crowd = new Crowd(random, everybody, renders);
    await Promise.all(crowd.people.map((person) => person.signIn()));
    for (let number = 0; number < conversations; number += 1) await crowd.#start(number, members, besides);
    return crowd;
  }

  get conversations(): readonly string[] {
    return [...this.#conversations.keys()];
  }

  get said(): number {
    return this.people.reduce((sum, { typed }) => sum + typed.length, 0);
  }

  /** How much of it the logs hold, as of the verdict. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  of(person: Person): string[] {
    return [...this.#conversations].filter(([, members]) => members.includes(person)).map(([id]) => id);
  }

  say(person: Person, conversation: string, text: string): void {
    const cid = person.say(conversation, text);
    this.#lastWordAt = performance.now();
    this.#history.record({ type: 'invoke', at: performance.now(), writer: person.user, conversation, cid, text });
  }

  /** Everybody says something every so often, at most `pause` ms apart. */
  talk(pause: number): void {
    this.#talking = true;
    this.#talk = Promise.all(
      this.people.map(async (person) => {
        const own = this.of(person);
        for (let count = 1; this.#talking; count += 1) {
          await wait(this.#random.below(pause));
          if (this.#talking) this.say(person, this.#random.pick(own), `${person.user} says ${String(count)}`);
        }
      }),
    );
  }

  /** Nobody says anything new; resolves once everything is sent. */
  async silence(within = 60_000): Promise<void> {
    this.#talking = false;
    await this.#talk;
    await Promise.all(this.people.map((person) => person.said(within)));
  }

  /** One word of everybody in each of their conversations when `act` has been done to them: it leaves as they come back, one by one. */
  async lastWords(act: () => void): Promise<void> {
    act();
    for (const person of this.people)
      for (const conversation of this.of(person)) this.say(person, conversation, `last word of ${person.user}`);
    await this.silence();
  }

  /** Ms from the last word until every list ended at the head of its log; a finding when it took longer. */
  async converge(within: number): Promise<{ took: number; findings: Finding[] }> {
    const heads = new Map((await this.read()).map(({ conversation, entries }) => [conversation, entries.length]));
    const settled = await eventually(() => (this.renders.complete(heads) ? true : undefined), 'all lists', within).catch(() => false);
    const took = Math.round(performance.now() - this.#lastWordAt);
    return {
      took,
      findings:
        settled && took <= within
          ? []
          : [
              finding(
                'late',
                `not everybody had everything ${String(within)} ms after the last word, but ${settled ? String(took) : 'later'}`,
              ),
            ],
    };
  }

  /** Each conversation as one of its members reads it. */
  read(): Promise<Reading[]> {
    return Promise.all(
      [...this.#conversations].map(async ([conversation, [reader]]) => {
        if (!reader) throw new Error('a conversation without members');
        const entries = await readLog((name, payload) => insist(() => reader.session.command(name, payload)), conversation);
        return { reader: reader.user, conversation, entries };
      }),
    );
  }

  /** Every checker, when all is quiet. */
  async verdict(): Promise<Finding[]> {
    const readings = await this.read();
    const { sent } = this.#history;
    const present = new Set(readings.flatMap(({ entries }) => entries.map(({ cid }) => cid)));
    this.#acknowledged = sent.filter(({ cid }) => present.has(cid)).length;
    const typed = this.people.flatMap((person) => person.typed);
    return [
      ...findPhantoms(sent, readings),
      ...findDuplicates(readings),
      ...findDisorder(sent, readings),
      ...this.renders.finish(readings, typed),
    ];
  }

  leave(): void {
    for (const person of this.people) person.leave();
  }

  async #start(number: number, size: number, besides: readonly string[]): Promise<void> {
    // Everybody is somewhere, and each pair of conversations has some in common.
    const members = new Set<Person>();
    for (let offset = 0; members.size < Math.min(size, this.people.length); offset += 1) {
      const next = this.people[(2 * number + 3 * offset + Math.floor(offset / this.people.length)) % this.people.length];
      if (next) members.add(next);
    }
    const [first, ...others] = members;
    if (!first) return;
    const { id } = await first.session.startChat({
      to: [...others.map(({ user }) => user), ...besides],
      title: `Group ${String(number + 1)}`,
    });
    this.#conversations.set(id, [...members]);
    for (const member of members) member.look(id);
  }
}

/** Reading goes on over a connection that comes and goes. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  return eventually(() => ask().catch(() => undefined), 'an answer', 60_000);
}
