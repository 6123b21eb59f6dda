import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { type Finding, finding } from '../checkers/finding.js';
import { findLeaks, type Glimpse, type LogEntry } from '../checkers/leaks.js';
import { type Count, countsOf, findOvercounts } from '../checkers/unread.js';
import { glimpsesOf } from '../checkers/visits.js';
import { RawClient, RefusedError } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

const GUESTS = 4;
/** What shows entries to whoever may see them: a way that never did has not been tried. */
const SHOWING: readonly string[] = [
  'entry:added',
  ...['entry:range', 'message:search', 'history:text', 'conversation:get', 'conversation:list', 'session:sync'].map(
    (name) => `answer ${name}`,
  ),
];

export const joinHorizon: Scenario = {
  guarantee: 'G12',
  promise: 'a joiner never sees what was before, a leaver never what came after, and who is only invited sees nothing',
  engines: ['sqlite', 'postgres'],
  everyday: true,
  floors: { faults: GUESTS, acknowledged: 10 },
  async run(stage) {
    const subject = await stage.subject();
    const room = await Room.open(stage, subject);
    const races = stage.size({ everyday: 16, commit: 40, nightly: 1_000, release: 1_000 });
    let done = 0;
    for (const join of ['direct', 'invite'] as const) {
      await subject.host('PUT', 'policies', { join });
      while (done < (join === 'direct' ? races / 2 : races) && stage.timeLeft()) {
        await Promise.all(room.guests.map((guest) => room.race(guest)));
        done += GUESTS;
      }
    }
    const findings = await room.close();
    const injected = `${String(done)} races of joining, reading by every way and leaving against ${String(room.said)} messages`;
    const note = 'operations: ids seen, by whichever way';
    return { injected, faults: done, operations: room.glimpses.length, acknowledged: room.said, findings, note };
  },
};

/** A conversation in which somebody always speaks, with guests who come and go and one stranger. */
class Room {
  said = 0;
  readonly glimpses: Glimpse[] = [];
  readonly #counts: Count[] = [];
  readonly guests: readonly string[] = Array.from({ length: GUESTS }, (_, index) => `guest-${String(index)}`);
  readonly #stage: Stage;
  readonly #subject: Subject;
  readonly #findings: Finding[] = [];
  readonly #conversations = new Set<string>();
  readonly #owner: RawClient;
  readonly #clients = new Map<string, RawClient>();
  #open = true;
  #speaking: Promise<unknown> = Promise.resolve();

  private constructor(stage: Stage, subject: Subject, owner: RawClient, conversation: string) {
    this.#stage = stage;
    this.#subject = subject;
    this.#owner = owner;
    this.#conversations.add(conversation);
  }

  static async open(stage: Stage, subject: Subject): Promise<Room> {
    const connect = async (user: string): Promise<RawClient> => RawClient.connect(subject.url, user, await subject.token(user));
    const [owner, speaker] = [await connect('owner'), await connect('speaker')];
    const members = ['speaker'];
    const { conversation } = await owner.ask('conversation:create', { cid: v7(), kind: 'group', members, title: 'Room' });
    const room = new Room(stage, subject, owner, conversation.id);
    for (const user of [...room.guests, 'stranger']) await room.#connect(user);
    room.#speaking = Promise.all([room.#speak(owner), room.#speak(speaker), room.#pry()]);
    return room;
  }

  /** In, perhaps asked first, and out again; all the while everything is asked that could show something. */
  async race(user: string): Promise<void> {
    const { random } = this.#stage;
    const conversation = this.#id;
    let reading = true;
    const prying = (async () => {
      while (reading) await this.#look(user);
    })();
    await wait(random.below(150));
    await this.#owner.ask('conversation:invite', { conversation, cid: v7(), users: [user] });
    await wait(random.below(80));
    if (random.below(3) === 0) await this.#connect(user);
    await this.#as(user, (guest) => guest.ask('conversation:join', { conversation, cid: v7() }));
    await wait(random.below(200));
    if (random.below(3) === 0) await this.#connect(user);
    await this.#as(user, (guest) => guest.ask('conversation:leave', { conversation, cid: v7() }));
    await wait(random.below(100));
    reading = false;
    await prying;
  }

  async close(): Promise<Finding[]> {
    this.#open = false;
    await this.#speaking;
    const log = await readLog((name, payload) => this.#owner.ask(name, payload), this.#id);
    for (const client of [this.#owner, ...this.#clients.values()]) client.close();
    const logs = new Map<string, readonly LogEntry[]>([[this.#id, log]]);
    const said = new Set(log.filter(({ text }) => text !== null).map(({ cid }) => cid));
    const shown = new Set(this.glimpses.filter(({ cid }) => said.has(cid)).map(({ path }) => path));
    for (const path of SHOWING)
      if (!shown.has(path)) this.#findings.push(finding('nothing-proved', `no guest was shown a message by ${path}`));
    if (!this.#counts.some(({ unread }) => unread > 0)) this.#findings.push(finding('nothing-proved', 'no guest had anything unread'));
    return [...this.#findings, ...findLeaks(this.glimpses, logs), ...findOvercounts(this.#counts, logs)];
  }

  get #id(): string {
    return [...this.#conversations][0] ?? '';
  }

  async #connect(user: string): Promise<void> {
    this.#clients.get(user)?.close();
    const onFrame = (path: string, payload: unknown): void => {
      this.glimpses.push(...glimpsesOf(user, path, payload, this.#conversations));
      this.#counts.push(...countsOf(user, path, payload, this.#conversations));
    };
    this.#clients.set(user, await RawClient.connect(this.#subject.url, user, await this.#subject.token(user), { onFrame }));
  }

  /** Asked again over the next connection when this one was changed meanwhile. */
  async #as(user: string, ask: (client: RawClient) => Promise<unknown>): Promise<void> {
    const client = this.#clients.get(user);
    if (client) await ask(client).catch((error: unknown) => this.#expect(error, ['DISCONNECTED', 'TIMEOUT']));
  }

  async #speak(client: RawClient): Promise<void> {
    while (this.#open) {
      const cid = v7();
      await client.ask('message:send', { conversation: this.#id, cid, text: `word ${cid}`, links: [] });
      this.said += 1;
      await wait(this.#stage.random.below(20));
    }
  }

  async #pry(): Promise<void> {
    while (this.#open) await this.#look('stranger');
  }

  /** One of the ways to see something, by chance. */
  async #look(user: string): Promise<void> {
    const client = this.#clients.get(user);
    const conversation = this.#id;
    const ways: ((client: RawClient) => Promise<unknown>)[] = [
      (one) => one.answer('entry:range', { conversation, after: 0, limit: 200 }),
      (one) => one.answer('entry:range', { conversation, limit: 200 }),
      (one) => one.answer('message:search', { text: 'word', limit: 50 }),
      (one) => one.answer('message:search', { text: 'word', conversation, limit: 50 }),
      (one) => one.answer('history:text', { conversation }),
      (one) => one.answer('conversation:get', { conversation }),
      (one) => one.answer('conversation:list', { limit: 50 }),
      // Marks only grow: this one asks for the count and moves nothing.
      (one) => one.answer('receipt:mark', { conversation, read: 0 }),
      (one) => one.answer('session:sync', {}),
      (one) => one.answer('session:heads', {}),
    ];
    if (client?.connected) await this.#stage.random.pick(ways)(client);
    await wait(this.#stage.random.below(20));
  }

  #expect(error: unknown, codes: readonly string[]): void {
    if (error instanceof RefusedError && codes.includes(error.code)) return;
    throw error;
  }
}
