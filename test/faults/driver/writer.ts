import type { Answer, ClientToServerEvents, CommandInput, CommandName, CommandReply, ServerToClientEvents } from '#protocol';
import { PROTOCOL_VERSION } from '#protocol';
import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { v4, v7 } from 'uuid';
import type { Random } from '../../support/random.js';
import type { History, Reading } from './history.js';
import { readLog } from './read-log.js';

type ParleySocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** Long enough that only a lost answer runs into it. */
const ANSWER_WITHIN = 5_000;

interface Open {
  conversation: string;
  cid: string;
  text: string;
}

/**
 * One person at one connection who speaks the protocol by hand, without the SDK: what the SDK repairs must not hide what the server lost.
 * One message under way per conversation; whatever has no answer is sent again with its own id before anything new is (SPEC C5, D7).
 */
export class Writer {
  readonly user: string;
  readonly #history: History;
  readonly #random: Random;
  readonly #token: () => Promise<string>;
  readonly #open = new Map<string, Open>();
  readonly #settled: Open[] = [];
  readonly #waiting = new Set<() => void>();
  /** Without its event map: `#emit` is generic over the commands, which the map cannot follow. */
  #socket: Socket | null = null;
  /** Counts sessions, so that an answer to an earlier one is told apart. */
  #session = 0;
  #ready = false;
  #conversations: readonly string[] = [];
  #writing = false;
  #count = 0;

  constructor(user: string, history: History, random: Random, token: () => Promise<string>) {
    this.user = user;
    this.#history = history;
    this.#random = random;
    this.#token = token;
  }

  /** Resolves at `session:started`. Connects again by itself until `close()`. */
  async connect(url: string): Promise<void> {
    const socket: ParleySocket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 200,
      timeout: 5_000,
      auth: (give) => {
        void this.#token().then((token) => {
          give({ token, protocol: PROTOCOL_VERSION, device: v4(), as: this.user });
        });
      },
    });
    this.#socket = socket;
    socket.on('session:started', () => {
      this.#session += 1;
      this.#ready = true;
      this.#wake();
      for (const open of this.#open.values()) this.#attempt(open);
      if (this.#writing) this.#resume();
    });
    socket.on('disconnect', () => {
      this.#ready = false;
      for (const open of this.#open.values()) this.#record({ type: 'unknown', cid: open.cid, code: 'disconnected' });
    });
    socket.on('connect_error', (error) => {
      // A refusal by the server's middleware ends socket.io's own attempts; a server that is just starting may refuse.
      if (!socket.active) setTimeout(() => socket.connect(), 50 + this.#random.below(100));
      if (process.env['PARLEY_FAULTS_VERBOSE'] !== undefined) console.error(this.user, error.message);
    });
    socket.on('entry:added', ({ entry }) => {
      this.#history.sightings.push({ reader: this.user, conversation: entry.conversation, seq: entry.seq, cid: entry.cid });
    });
    await this.#until(() => this.#ready);
  }

  /** Any command, for setting up and reading back; rejects with the code. */
  async ask<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    const answer = await this.#emit(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.data;
  }

  newId(): string {
    return v7();
  }

  write(conversations: readonly string[]): void {
    this.#conversations = conversations;
    this.#writing = true;
    this.#resume();
  }

  /** Says nothing new and resolves once everything has an answer. */
  async quiesce(within: number): Promise<void> {
    this.#writing = false;
    await this.#until(() => this.#open.size === 0, within);
  }

  /** Reads a conversation from its first to its last entry. */
  async read(conversation: string): Promise<Reading> {
    return { reader: this.user, conversation, entries: await readLog((name, payload) => this.ask(name, payload), conversation) };
  }

  close(): void {
    this.#writing = false;
    this.#ready = false;
    this.#socket?.disconnect();
  }

  #resume(): void {
    for (const conversation of this.#conversations) if (!this.#open.has(conversation)) this.#next(conversation);
  }

  #next(conversation: string): void {
    if (!this.#writing || !this.#ready) return;
    const again = this.#settled.length > 0 && this.#random.below(50) === 0 ? this.#random.pick(this.#settled) : undefined;
    if (again !== undefined && again.conversation === conversation) {
      // Asking again for what was acknowledged, perhaps before a kill, must give the first answer (SPEC C3).
      this.#open.set(conversation, again);
      this.#attempt(again);
      return;
    }
    this.#count += 1;
    const text = `${this.user} says ${String(this.#count)} ${'x'.repeat(this.#random.below(200))}`;
    const open = { conversation, cid: v7(), text };
    this.#open.set(conversation, open);
    this.#attempt(open);
  }

  #attempt(open: Open): void {
    const { conversation, cid, text } = open;
    const session = this.#session;
    this.#record({ type: 'invoke', writer: this.user, conversation, cid, text });
    void this.#emit('message:send', { conversation, cid, text, links: [] }).then((answer) => {
      if (session !== this.#session || !this.#ready) return;
      if (answer.ok) {
        this.#record({ type: 'ok', cid, seq: answer.data.seq, duplicate: answer.data.duplicate });
        if (this.#settled.length < 200) this.#settled.push(open);
        this.#close(conversation);
      } else if (answer.error.code === 'TIMEOUT' || answer.error.retryAfterMs !== undefined || RETRYABLE.has(answer.error.code)) {
        this.#record({ type: 'unknown', cid, code: answer.error.code });
        setTimeout(() => {
          if (session === this.#session && this.#ready) this.#attempt(open);
        }, answer.error.retryAfterMs ?? 20);
      } else {
        this.#record({ type: 'fail', cid, code: answer.error.code });
        this.#close(conversation);
      }
    });
  }

  #close(conversation: string): void {
    this.#open.delete(conversation);
    this.#wake();
    this.#next(conversation);
  }

  #emit<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<Answer<CommandReply<N>>> {
    return new Promise((resolve) => {
      const socket = this.#socket;
      if (socket === null) throw new Error('not connected');
      socket.timeout(ANSWER_WITHIN).emit(name, { ...payload, as: this.user }, (error: Error | null, answer: Answer<CommandReply<N>>) => {
        resolve(error ? { ok: false, error: { code: 'TIMEOUT', message: error.message } } : answer);
      });
    });
  }

  #record(operation: Undated): void {
    this.#history.record({ ...operation, at: performance.now() });
  }

  #wake(): void {
    for (const check of this.#waiting) check();
  }

  #until(condition: () => boolean, within = 30_000): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${this.user} waited ${String(within)} ms; ${String(this.#open.size)} messages without an answer`));
      }, within);
      this.#waiting.add(check);
    });
  }
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;
type Undated = WithoutTime<Parameters<History['record']>[0]>;

const RETRYABLE = new Set<string>(['UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED']);
