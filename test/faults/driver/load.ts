import type { Random } from '../../support/random.js';
import type { Finding } from '../checkers/finding.js';
import { checkAll } from '../checkers/log.js';
import type { Subject } from '../subjects/subject.js';
import { assemble, type Cast, conversationsOf } from './cast.js';
import { History, type Reading } from './history.js';

/** Everything must be answered so soon after the last fault; in ms. */
const QUIET_WITHIN = 60_000;

/** Writers at work on a subject, and what they have seen of it. */
export class Load {
  readonly history: History;
  readonly #cast: Cast;
  readonly #subject: Subject;

  private constructor(subject: Subject, cast: Cast, history: History) {
    this.#subject = subject;
    this.#cast = cast;
    this.history = history;
  }

  /** Signs writers in and lets them write, as fast as they are answered. */
  static async start(subject: Subject, writers: number, random: Random): Promise<Load> {
    const history = new History();
    const cast = await assemble(subject.url, writers, history, random, (user) => subject.token(user));
    const load = new Load(subject, cast, history);
    load.write();
    return load;
  }

  get conversations(): readonly string[] {
    return [...this.#cast.conversations.keys()];
  }

  /** Ids of the members of each conversation. */
  members(conversation: string): string[] {
    return (this.#cast.conversations.get(conversation) ?? []).map(({ user }) => user);
  }

  write(): void {
    for (const writer of this.#cast.writers) writer.write(conversationsOf(this.#cast, writer));
  }

  /** Nothing new is said; resolves when everything has an answer. */
  async quiesce(within = QUIET_WITHIN): Promise<void> {
    await Promise.all(this.#cast.writers.map((writer) => writer.quiesce(within)));
  }

  /** Every member reads every conversation of theirs from its first to its last entry. */
  read(): Promise<Reading[]> {
    return Promise.all(
      this.#cast.writers.flatMap((writer) => conversationsOf(this.#cast, writer).map((conversation) => writer.read(conversation))),
    );
  }

  /** Silence, reading, and every checker of the log; the hash chains last. */
  async verdict(): Promise<{ findings: Finding[]; readings: Reading[] }> {
    await this.quiesce();
    const readings = await this.read();
    const findings = checkAll(this.history.sent, readings, this.history.sightings);
    return { findings: [...findings, ...(await this.#subject.verify())], readings };
  }

  close(): void {
    for (const writer of this.#cast.writers) writer.close();
  }
}
