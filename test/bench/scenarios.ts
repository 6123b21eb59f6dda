import { setTimeout as wait } from 'node:timers/promises';
import { v4, v7 } from 'uuid';
import { PROTOCOL_VERSION } from '#protocol';
import { signToken } from '../support/server-process.js';
import { cpuTime, residentMemory } from './process-figures.js';
import { percentile } from './statistics.js';
import { WireClient } from './wire.js';

/** One measurement of one server, made by a process of its own. */
export interface Job {
  scenario: keyof typeof scenarios;
  url: string;
  /** The server's process. */
  pid: number;
  secret: string;
  seconds: number;
  warmUpSeconds: number;
  /** For those that connect many. */
  connections: number;
}

/** Figures by name. `missing` counts messages that were accepted and not delivered to each member once and in order; it must be 0. */
export type Figures = Record<string, number> & { missing: number };

/** About 150 bytes of payload, as the floors of the field were measured. */
const FILLING = 'The left lung shows a small opacity, please compare with the earlier examination';
const PAIRS = 50;
const ROOM = 100;
const UNDER_WAY = 100;
const RATE = 200;

async function signIn(job: Job, user: string): Promise<WireClient> {
  return WireClient.connect(job.url, user, {
    token: await signToken(job.secret, user),
    protocol: PROTOCOL_VERSION,
    device: v4(),
    as: user,
  });
}

async function signInAll(job: Job, count: number): Promise<WireClient[]> {
  const clients: WireClient[] = [];
  // In small groups: a storm of sign-ins is another measurement.
  for (let from = 0; from < count; from += 20) {
    const users = Array.from({ length: Math.min(20, count - from) }, (_, index) => `user-${String(from + index)}`);
    clients.push(...(await Promise.all(users.map((user) => signIn(job, user)))));
  }
  return clients;
}

async function create(client: WireClient, others: WireClient[]): Promise<string> {
  const kind = others.length === 1 ? 'direct' : 'group';
  const reply = await client.ask('conversation:create', { cid: v7(), kind, members: others.map((other) => other.user) });
  return (reply as { conversation: { id: string } }).conversation.id;
}

/** A member of one conversation that counts what reaches it: each number once, in order. */
class Member {
  received = 0;
  #expected = 2;
  #disorder = 0;
  readonly client: WireClient;
  readonly conversation: string;
  readonly #delivered: (frame: string) => void;

  constructor(client: WireClient, conversation: string, delivered: (frame: string) => void = () => undefined) {
    this.client = client;
    this.conversation = conversation;
    this.#delivered = delivered;
    client.onEvent = (frame) => {
      if (frame.startsWith('42["entry:added"')) this.#take(frame);
    };
  }

  /** What is not there, or not as it should be, of `sent` messages. */
  missing(sent: number): number {
    return Math.abs(sent - this.received) + this.#disorder;
  }

  send(text: string, answered: (ok: boolean) => void): void {
    const payload = `{"as":"${this.client.user}","conversation":"${this.conversation}","cid":"${v7()}","text":"${text}","links":[]}`;
    this.client.emit('message:send', payload, (frame) => {
      answered(frame.startsWith('[{"ok":true', frame.indexOf('[')));
    });
  }

  #take(frame: string): void {
    const at = frame.indexOf('"seq":');
    const seq = Number.parseInt(frame.slice(at + 6, at + 18), 10);
    if (seq === 1) return;
    this.received += 1;
    if (seq !== this.#expected) this.#disorder += 1;
    this.#expected = seq + 1;
    this.#delivered(frame);
  }
}

/** Keeps `flows` messages under way until the time is over, and counts between the end of the warm-up and the end. */
async function closedLoop(
  job: Job,
  members: Member[],
  flows: number,
): Promise<{ perSecond: number; cpuPerMessage: number; sent: Map<string, number>; refused: number }> {
  const sent = new Map<string, number>();
  let accepted = 0;
  let refused = 0;
  let running = true;
  let open = 0;
  const quiet = new Promise<void>((resolve) => {
    const send = (member: Member) => {
      open += 1;
      member.send(FILLING, (ok) => {
        open -= 1;
        if (ok) {
          accepted += 1;
          sent.set(member.conversation, (sent.get(member.conversation) ?? 0) + 1);
        } else refused += 1;
        if (running) send(member);
        else if (open === 0) resolve();
      });
    };
    for (let flow = 0; flow < flows; flow += 1) {
      const member = members[flow % members.length];
      if (member) send(member);
    }
  });
  await wait(job.warmUpSeconds * 1_000);
  const before = { accepted, cpu: cpuTime(job.pid), at: performance.now() };
  await wait(job.seconds * 1_000);
  const messages = accepted - before.accepted;
  const perSecond = (messages * 1_000) / (performance.now() - before.at);
  const cpuPerMessage = (cpuTime(job.pid) - before.cpu) / messages;
  running = false;
  await quiet;
  return { perSecond, cpuPerMessage, sent, refused };
}

/** Waits until nothing more is missing, at most five seconds. */
async function settled(missing: () => number): Promise<number> {
  const deadline = performance.now() + 5_000;
  while (missing() > 0 && performance.now() < deadline) await wait(20);
  return missing();
}

async function pairs(job: Job, delivered?: (frame: string, member: number) => void): Promise<Member[]> {
  const clients = await signInAll(job, 2 * PAIRS);
  const members: Member[] = [];
  for (let index = 0; index < clients.length; index += 2) {
    const [one, other] = clients.slice(index, index + 2);
    if (!one || !other) break;
    const conversation = await create(one, [other]);
    for (const client of [one, other]) {
      const number = members.length;
      members.push(new Member(client, conversation, (frame) => delivered?.(frame, number)));
    }
  }
  return members;
}

export const scenarios = {
  /** Messages that are accepted, on disk and delivered, with 100 under way between 50 pairs. */
  async durable(job: Job): Promise<Figures> {
    const members = await pairs(job);
    const { perSecond, cpuPerMessage, sent, refused } = await closedLoop(job, members, UNDER_WAY);
    const missing = await settled(() => members.reduce((sum, member) => sum + member.missing(sent.get(member.conversation) ?? 0), 0));
    return { perSecond, cpuPerMessage, missing: missing + refused };
  },

  /** Copies delivered in a room of 100, ten of whom write. */
  async fanOut(job: Job): Promise<Figures> {
    const clients = await signInAll(job, ROOM);
    const [first, ...others] = clients;
    if (!first) throw new Error('nobody signed in');
    const conversation = await create(first, others);
    const members = clients.map((client) => new Member(client, conversation));
    const { perSecond, cpuPerMessage, sent, refused } = await closedLoop(job, members.slice(0, 10), 10);
    const missing = await settled(() => members.reduce((sum, member) => sum + member.missing(sent.get(conversation) ?? 0), 0));
    return { perSecond: perSecond * ROOM, cpuPerCopy: cpuPerMessage / ROOM, missing: missing + refused };
  },

  /** From the sender's call to the other's event, at a steady 200 messages a second; sends do not wait for answers. */
  async latency(job: Job): Promise<Figures> {
    const times: number[] = [];
    let measuring = false;
    // The sender is even, its partner odd: the echo to the sender is not the delivery.
    const members = await pairs(job, (frame, member) => {
      if (!measuring || member % 2 === 0) return;
      const at = frame.indexOf('"text":"') + 8;
      times.push(performance.now() - Number.parseFloat(frame.slice(at, at + 24)));
    });
    const senders = members.filter((_, index) => index % 2 === 0);
    const sent = new Map<string, number>();
    let refused = 0;
    const begin = performance.now();
    for (let count = 0; ; count += 1) {
      const due = begin + (count * 1_000) / RATE;
      if (due > begin + (job.warmUpSeconds + job.seconds) * 1_000) break;
      measuring ||= due > begin + job.warmUpSeconds * 1_000;
      if (due > performance.now()) await wait(due - performance.now());
      const member = senders[count % senders.length];
      if (!member) break;
      sent.set(member.conversation, (sent.get(member.conversation) ?? 0) + 1);
      member.send(`${performance.now().toFixed(3)} ${FILLING.slice(0, 64)}`, (ok) => {
        if (!ok) refused += 1;
      });
    }
    const missing = await settled(() => members.reduce((sum, member) => sum + member.missing(sent.get(member.conversation) ?? 0), 0));
    return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), missing: missing + refused };
  },

  /** Resident memory of idle connections; some come and go before, so that code that is loaded late is not counted. */
  async memory(job: Job): Promise<Figures> {
    for (const client of await signInAll(job, 100)) client.close();
    await wait(1_000);
    const before = residentMemory(job.pid);
    const clients = await signInAll(job, job.connections);
    await wait(2_000);
    return { base: before / 1_024, perConnection: (residentMemory(job.pid) - before) / clients.length, missing: 0 };
  },

  /** From opening the connection to `session:started`, one after the other. */
  async signIn(job: Job): Promise<Figures> {
    const times: number[] = [];
    for (let count = 0; count < 150; count += 1) {
      const user = `user-${String(count % job.connections)}`;
      const token = await signToken(job.secret, user);
      const begin = performance.now();
      const client = await WireClient.connect(job.url, user, { token, protocol: PROTOCOL_VERSION, device: v4(), as: user });
      if (count >= 50) times.push(performance.now() - begin);
      client.close();
    }
    return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), missing: 0 };
  },

  /** No measurement: gives each of the users twenty group conversations. */
  async prepare(job: Job): Promise<Figures> {
    const clients = await signInAll(job, job.connections);
    await Promise.all(
      clients.map((client, index) => {
        const others = Array.from({ length: 19 }, (_, offset) => clients[(index + offset + 1) % clients.length]).filter(
          (other) => other !== undefined,
        );
        return create(client, others);
      }),
    );
    return { missing: 0 };
  },
};
