import { v4, v7 } from 'uuid';
import { tcpProxy } from '../../support/tcp-proxy.js';
import { type Finding, finding } from '../checkers/finding.js';
import { RenderChecker } from '../checkers/renders.js';
import { Person } from '../driver/person.js';
import { RawClient } from '../driver/raw-client.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

const PAGE = 200;
/** Sent at once: as many as one commit takes. */
const PIPELINE = 500;
/** Megabytes that catching up may add to a page's heap. */
const HEAP = 50;
const CATCH_UP_WITHIN = 30_000;

export const catchUp: Scenario = {
  guarantee: 'G9',
  promise: 'catching up works after any absence and any backlog',
  engines: ['sqlite', 'postgres'],
  floors: { faults: 20 },
  async run(stage) {
    const subject = await stage.subject();
    const findings: Finding[] = [];
    const most = stage.size({ commit: 1_000, nightly: 100_000, release: 100_000 });
    let [positions, written, heap] = [0, 0, 0];
    for (const backlog of [0, 1, 199, 200, 201, most]) {
      if (!stage.timeLeft()) break;
      const absence = await Absence.begin(stage, subject, `reader-${String(backlog)}`);
      findings.push(...(await absence.last(backlog)));
      heap = Math.max(heap, absence.heapGrown);
      positions += await tryPositions(subject, absence, findings);
      written += absence.head - 1;
      await absence.end();
    }
    if (heap > HEAP) findings.push(finding('late', `catching up took ${heap.toFixed(0)} MB of heap`));
    return {
      injected: `${String(positions)} positions to resume from, backlogs of 0 to ${String(most)}`,
      faults: positions,
      operations: positions,
      acknowledged: written,
      findings,
      note: `heap of the client grew by ${heap.toFixed(1)} MB at most`,
    };
  },
};

/** A reader who goes away while somebody else writes on. */
class Absence {
  heapGrown = 0;
  readonly conversation: string;
  readonly writer: RawClient;
  readonly reader: Person;
  head = 1;
  readonly #renders: RenderChecker;
  readonly #wire: Awaited<ReturnType<typeof tcpProxy>>;

  private constructor(parts: {
    conversation: string;
    writer: RawClient;
    reader: Person;
    renders: RenderChecker;
    wire: Awaited<ReturnType<typeof tcpProxy>>;
  }) {
    this.conversation = parts.conversation;
    this.writer = parts.writer;
    this.reader = parts.reader;
    this.#renders = parts.renders;
    this.#wire = parts.wire;
  }

  static async begin({ random }: Stage, subject: Subject, user: string): Promise<Absence> {
    const wire = await tcpProxy(subject.link.port);
    const renders = new RenderChecker();
    const url = `http://127.0.0.1:${String(wire.port)}`;
    const reader = new Person(user, { url, token: () => subject.token(user), random, renders });
    await reader.signIn();
    const writer = await RawClient.connect(subject.url, `${user}-friend`, await subject.token(`${user}-friend`));
    const { conversation } = await writer.ask('conversation:create', { cid: v7(), kind: 'direct', members: [user] });
    return new Absence({ conversation: conversation.id, writer, reader, renders, wire });
  }

  /** The reader has seen something, is away for a backlog, and comes back. */
  async last(backlog: number): Promise<Finding[]> {
    await this.#write(3);
    this.reader.look(this.conversation);
    await this.#caughtUp();
    await this.#wire.close();
    await this.#write(backlog);
    const before = heapUsed();
    await this.#wire.open();
    await this.reader.parley.connect();
    const whole = await this.#caughtUp();
    this.heapGrown = Math.max(0, (heapUsed() - before) / 2 ** 20);
    const late = finding(
      'late',
      `the reader was not whole ${String(CATCH_UP_WITHIN)} ms after a backlog of ${String(backlog)}`,
      this.conversation,
    );
    return [...(whole ? [] : [late]), ...this.#renders.findings];
  }

  async end(): Promise<void> {
    this.reader.leave();
    this.writer.close();
    await this.#wire.close();
  }

  async #write(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += PIPELINE) {
      const texts = Array.from({ length: Math.min(PIPELINE, count - sent) }, (_, index) => `line ${String(sent + index)}`);
      await Promise.all(
        texts.map((text) => this.writer.ask('message:send', { conversation: this.conversation, cid: v7(), text, links: [] })),
      );
    }
    this.head += count;
  }

  async #caughtUp(): Promise<boolean> {
    const deadline = performance.now() + CATCH_UP_WITHIN;
    while (!this.#renders.complete(new Map([[this.conversation, this.head]]))) {
      if (performance.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return true;
  }
}

/** Asks from every kind of position; the answer is the right stretch, or a refusal for what is none. */
async function tryPositions(subject: Subject, { writer, conversation, head }: Absence, findings: Finding[]): Promise<number> {
  const wrong = (detail: string): void => void findings.push(finding('gap', detail, conversation));
  const whole = [0, 1, 2, head - 2, head - 1, head - PAGE, head - PAGE + 1, head - PAGE - 1].filter((at) => at >= 0 && at < head);
  const beyond = [head, head + 1, head + 1_000, 2 ** 31, Number.MAX_SAFE_INTEGER];
  const none: unknown[] = [-1, -head, 1.5, '5', '', null, true, [], {}, 2 ** 53, 1e300];
  for (const after of [...whole, ...beyond]) {
    const answer = await writer.answer('entry:range', { conversation, after, limit: PAGE });
    const seqs = answer.ok ? answer.data.entries.map(({ seq }) => seq) : null;
    const expected = Array.from({ length: Math.max(0, Math.min(PAGE, head - after)) }, (_, index) => after + 1 + index);
    if (JSON.stringify(seqs) !== JSON.stringify(expected))
      wrong(
        `after ${String(after)} of ${String(head)}: ${answer.ok ? `${String(seqs?.[0])} to ${String(seqs?.at(-1))}` : answer.error.code}`,
      );
  }
  for (const after of none) {
    const answer = await writer.answer('entry:range', { conversation, after: after as number, limit: PAGE });
    if (answer.ok || answer.error.code !== 'INVALID')
      wrong(`after ${JSON.stringify(after)}: ${answer.ok ? 'an answer' : answer.error.code}`);
  }
  // Another store's numbers mean nothing here: the whole state comes.
  let state: unknown;
  const onFrame = (name: string, payload: unknown): void => {
    if (name === 'session:started') state = (payload as { synced: { state?: unknown } }).synced.state;
  };
  const stranger = { auth: { as: writer.user, epoch: v4(), revision: 1_000_000 }, onFrame };
  (await RawClient.connect(subject.url, writer.user, await subject.token(writer.user), stranger)).close();
  if (state === undefined) wrong('a client of another epoch was told that it is up to date');
  return whole.length + beyond.length + none.length + 1;
}

function heapUsed(): number {
  return process.memoryUsage().heapUsed;
}
