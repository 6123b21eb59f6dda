import { v7 } from 'uuid';
import type { WireClient } from '../wire.js';

/** About 150 bytes of payload, as the floors of the field were measured. */
export const FILLING = 'The left lung shows a small opacity, please compare with the earlier examination';

/** A member of one conversation that counts what reaches it: each number once, in order. */
export class Member {
  readonly client: WireClient;
  readonly conversation: string;
  received = 0;
  #expected: number;
  #disorder = 0;
  readonly #prefix: string;
  readonly #delivered: (frame: string) => void;

  /** `head` is the last entry that does not count. */
  constructor(
    client: WireClient,
    { conversation, head }: { conversation: string; head: number },
    delivered: (frame: string) => void = () => undefined,
  ) {
    this.client = client;
    this.conversation = conversation;
    this.#expected = head + 1;
    this.#prefix = `42["entry:added",{"entry":{"conversation":"${conversation}"`;
    this.#delivered = delivered;
    client.onEvent = (frame) => {
      if (frame.startsWith('42["entry:added"')) this.#take(frame);
    };
  }

  /** What is not there, or not as it should be, of `sent` messages. */
  missing(sent: number): number {
    return Math.abs(sent - this.received) + this.#disorder;
  }

  /** `failed`: the connection has closed. */
  send(text: string, answered: (ok: boolean) => void, failed: (error: Error) => void): void {
    const payload = `{"as":"${this.client.user}","conversation":"${this.conversation}","cid":"${v7()}","text":"${text}","links":[]}`;
    const read = (frame: string): void => answered(frame.startsWith('[{"ok":true', frame.indexOf('[')));
    this.client.emit('message:send', payload, read, failed);
  }

  #take(frame: string): void {
    if (!frame.startsWith(this.#prefix) && !frame.includes(this.conversation)) return;
    const at = frame.indexOf('"seq":');
    const seq = Number.parseInt(frame.slice(at + 6, at + 18), 10);
    // What it was made and filled with may still be on its way.
    if (seq < this.#expected && this.received === 0) return;
    this.received += 1;
    if (seq !== this.#expected) this.#disorder += 1;
    this.#expected = seq + 1;
    this.#delivered(frame);
  }
}

/** Messages that were accepted, by conversation, and how many were not. */
export class Sent {
  refused = 0;
  accepted = 0;
  readonly #by = new Map<string, number>();

  count({ conversation }: Member, ok: boolean): void {
    if (!ok) {
      this.refused += 1;
      return;
    }
    this.accepted += 1;
    this.#by.set(conversation, (this.#by.get(conversation) ?? 0) + 1);
  }

  /** What these members lack of it, and what was refused. */
  missing(members: readonly Member[]): number {
    return members.reduce((sum, member) => sum + member.missing(this.#by.get(member.conversation) ?? 0), this.refused);
  }
}
