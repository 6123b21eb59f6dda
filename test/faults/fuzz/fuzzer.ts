import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { isErrorCode, PROTOCOL_VERSION } from '#protocol';
import type { Random } from '../../support/random.js';
import { finding, type Finding } from '../checkers/finding.js';
import { type Frame, frames } from './frames.js';
import type { Known } from './payloads.js';

/** Frames made at once; making them costs more than writing them. */
const BATCH = 500;
/** Frames written before the connection is left to breathe. */
const BREATH = 20;

export interface FuzzerOptions {
  url: string;
  user: string;
  known: Known;
  random: Random;
  token: () => Promise<string>;
  /** Nobody who fuzzes may ever be told this. */
  canary: RegExp;
}

/** One attacker: signed in as a user of its own, it writes whatever chance brings and comes back whenever it is thrown out. */
export class Fuzzer {
  written = 0;
  answers = 0;
  thrownOut = 0;
  readonly findings: Finding[] = [];
  readonly #options: FuzzerOptions;
  #socket: WebSocket | null = null;

  constructor(options: FuzzerOptions) {
    this.#options = options;
  }

  /** Writes so many frames, with a pause after each few so that `perSecond` is not exceeded. */
  async attack(count: number, perSecond: number, goesOn: () => boolean): Promise<void> {
    const { user, known, random } = this.#options;
    const arbitrary = frames(user, known);
    while (this.written < count && goesOn()) {
      for (const frame of fc.sample(arbitrary, { seed: random.below(2 ** 31), numRuns: Math.min(BATCH, count - this.written) })) {
        await this.#write(frame);
        if (this.written % BREATH === 0) await wait((BREATH * 1_000) / perSecond);
      }
    }
    this.#socket?.close();
  }

  async #write(frame: Frame): Promise<void> {
    if (this.#socket?.readyState !== WebSocket.OPEN) await this.#signIn();
    this.written += 1;
    this.#socket?.send(frame, (error) => error && (this.thrownOut += 1));
  }

  /** Resolves once it may write, or was thrown out again. */
  async #signIn(): Promise<void> {
    const { url, token } = this.#options;
    this.#socket?.terminate();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    this.#socket = socket;
    const auth = { token: await token(), protocol: PROTOCOL_VERSION, device: randomUUID() };
    await new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
        else if (text.includes('session:started')) resolve();
        this.#hear(text);
      });
      socket.once('close', () => {
        this.thrownOut += 1;
        resolve();
      });
      socket.once('error', () => undefined);
    });
    if (socket.readyState === WebSocket.CONNECTING) await once(socket, 'open');
  }

  #hear(text: string): void {
    const { canary, user } = this.#options;
    if (canary.test(text)) this.findings.push(finding('leak', `${user} was told what is not theirs: ${text.slice(0, 200)}`));
    const answer = /^43\d*(\[.*\])$/s.exec(text)?.[1];
    if (answer === undefined) return;
    this.answers += 1;
    const [said] = JSON.parse(answer) as [{ ok?: unknown; error?: { code?: unknown } }];
    if (said.ok === true) return;
    const code = said.error?.code;
    if (!isErrorCode(code) || code === 'INTERNAL') this.findings.push(finding('refusal', `answered ${answer.slice(0, 200)}`));
  }
}
