import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createParley, type OpenTransport } from '#sdk';
import { io } from 'socket.io-client';
import { v4, v7 } from 'uuid';
import { PROTOCOL_VERSION } from '#protocol';
import { eventually } from '../../support/eventually.js';
import { openSocket } from '../../../sdk/transport/socket-transport.js';
import { type Finding, finding } from '../checkers/finding.js';
import { RawClient } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import { Tally } from '../nemeses/nemesis.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

/** In every word that is meant for Alice, or comes from her. */
const CANARY = 'for-alice-only';
/** Ms; long for a busy machine, as what is looked for never comes. */
const SIGNS_IN_WITHIN = 30_000;

export const nextUser: Scenario = {
  guarantee: 'G14',
  promise: 'nothing of the previous user arrives at the next one, and nothing of theirs is sent as the next one (server and SDK)',
  engines: ['sqlite', 'postgres'],
  async run(stage) {
    const subject = await stage.subject();
    const place = new Workstation(stage, subject);
    await place.open();
    const switches = stage.size({ commit: 24, nightly: 1_000, release: 1_000 });
    for (let done = 0; done < switches && place.isClean && stage.timeLeft(); done += 2) {
      await place.switchInSdk();
      await place.reuseSocket();
    }
    const findings = await place.close();
    return {
      injected: place.tally.toString(),
      faults: place.tally.total,
      operations: place.frames,
      acknowledged: place.written,
      findings,
      note: 'operations: frames that reached the next user; DOM, storage and screen of the same are proved in a browser',
    };
  },
};

/** One computer at which Bob sits down after Alice, while somebody goes on writing to her. */
class Workstation {
  readonly tally = new Tally();
  frames = 0;
  /** Words for Alice that were acknowledged. */
  written = 0;
  readonly #stage: Stage;
  readonly #subject: Subject;
  readonly #findings: Finding[] = [];
  #friend!: RawClient;
  #conversation = '';
  /** Bob's own, where Alice is too: what she typed must never stand there as his. */
  #shared = '';
  #writing = true;
  #written: Promise<void> = Promise.resolve();

  constructor(stage: Stage, subject: Subject) {
    this.#stage = stage;
    this.#subject = subject;
  }

  /** Once something has leaked, each further switch would only wait for what never comes. */
  get isClean(): boolean {
    return this.#findings.length === 0;
  }

  async open(): Promise<void> {
    for (const user of ['alice', 'bob']) (await RawClient.connect(this.#subject.url, user, await this.#subject.token(user))).close();
    this.#friend = await RawClient.connect(this.#subject.url, 'friend', await this.#subject.token('friend'));
    const direct = await this.#friend.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['alice'] });
    const group = await this.#friend.ask('conversation:create', {
      cid: v7(),
      kind: 'group',
      members: ['alice', 'bob'],
      title: 'All of us',
    });
    this.#conversation = direct.conversation.id;
    this.#shared = group.conversation.id;
    this.#written = this.#write();
  }

  async close(): Promise<Finding[]> {
    this.#writing = false;
    await this.#written;
    const log = await readLog((name, payload) => this.#friend.ask(name, payload), this.#shared);
    for (const { author, text, seq } of log)
      if (author === 'bob' && text?.includes(CANARY))
        this.#findings.push(finding('leak', `${String(seq)} was typed by Alice and sent as Bob`, this.#shared));
    this.#friend.close();
    return this.#findings;
  }

  /** The SDK, as a host's page uses it; Alice may be offline, and has typed something that did not leave. */
  async switchInSdk(): Promise<void> {
    const { random } = this.#stage;
    const { link } = this.#subject;
    let now = 'alice';
    const open: OpenTransport = (options, listener) => {
      const user = now;
      const see = (payload: unknown): void => this.#look(now === 'bob', `a transport that was opened for ${user}`, payload);
      return openSocket(options, { ...listener, event: (name, payload) => (see(payload), listener.event(name, payload)) });
    };
    const token = (user: string) => () => this.#subject.token(user);
    const parley = createParley({
      server: this.#subject.url,
      token: token('alice'),
      transports: ['websocket'],
      environment: { open, random: () => 0.01 },
    });
    try {
      const alice = await Promise.race([parley.connect(), wait(SIGNS_IN_WITHIN)]);
      if (!alice) {
        this.#findings.push(finding('leak', 'Alice could not sign in: the connection is still of whoever was here before'));
        return;
      }
      await wait(random.below(60));
      const offline = random.below(2) === 0;
      if (offline) link.cut();
      alice.send(this.#shared, { text: `${CANARY} typed just before she left` });
      if (random.below(2) === 0) await wait(random.below(10));
      now = 'bob';
      const bob = await Promise.race([parley.switchUser(token('bob')), wait(SIGNS_IN_WITHIN)]);
      if (!bob) {
        this.#findings.push(finding('leak', 'Bob could not sign in after Alice: the connection is still hers'));
        return;
      }
      if (bob.info.user.id !== 'bob') this.#findings.push(finding('leak', `Bob was signed in as ${bob.info.user.id}`));
      await wait(80);
      this.tally.add(offline ? 'a switch of users while offline' : 'a switch of users');
    } finally {
      parley.dispose();
    }
  }

  /** A host that does it wrong: it keeps its Socket.IO client and only gives it another token. The server must not fall for it. */
  async reuseSocket(): Promise<void> {
    let now = 'alice';
    const socket = io(this.#subject.url, {
      forceNew: true,
      transports: ['websocket'],
      reconnectionDelay: 20,
      reconnectionDelayMax: 40,
      auth: (give) => {
        void this.#subject.token(now).then((token) => give({ token, protocol: PROTOCOL_VERSION, device: v4() }));
      },
    });
    try {
      socket.onAny((name: string, payload: unknown) => this.#look(now === 'bob', `a client that was Alice's, as ${name}`, payload));
      await once(socket as never, 'session:started');
      await once(socket as never, 'entry:added');
      now = 'bob';
      const again = once(socket as never, 'session:started', { signal: AbortSignal.timeout(SIGNS_IN_WITHIN) });
      socket.io.engine.close();
      const started = (await again.catch(() => [null])) as [{ session: { user: { id: string } } } | null];
      if (!started[0]) {
        this.#findings.push(finding('late', 'nobody was signed in on the socket that Alice had left'));
        return;
      }
      if (started[0].session.user.id !== 'bob') this.#findings.push(finding('leak', `Bob's connection is ${started[0].session.user.id}'s`));
      // So that something of hers is under way while he is there.
      const before = this.written;
      await eventually(() => (this.written > before ? true : undefined), 'a word for Alice', SIGNS_IN_WITHIN);
      await wait(80);
      this.tally.add("a switch of users on one socket, by a host's mistake");
    } finally {
      socket.disconnect();
    }
  }

  #look(isBob: boolean, where: string, payload: unknown): void {
    if (!isBob) return;
    this.frames += 1;
    const text = JSON.stringify(payload) ?? '';
    if (!text.includes(this.#conversation) && !text.includes(`${CANARY} from`)) return;
    this.#findings.push(finding('leak', `Bob got something of Alice's by ${where}: ${text.slice(0, 120)}`, this.#conversation));
  }

  async #write(): Promise<void> {
    while (this.#writing) {
      const text = `${CANARY} from her friend`;
      const answer = await this.#friend.answer('message:send', { conversation: this.#conversation, cid: v7(), text, links: [] });
      if (answer.ok) this.written += 1;
      if (!this.#friend.connected) this.#friend = await this.#comeBack();
      await wait(10);
    }
  }

  async #comeBack(): Promise<RawClient> {
    for (;;) {
      const client = await RawClient.connect(this.#subject.url, 'friend', await this.#subject.token('friend')).catch(() => null);
      if (client) return client;
      await wait(50);
    }
  }
}
