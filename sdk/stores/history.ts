import type { HistoryRecipient, HistoryStore } from '../api.js';
import { newId } from '../new-id.js';
import type { Wire } from './wire.js';

interface Form {
  language?: string;
  timeZone?: string;
}

/** The history of a conversation as text: sent by the server's mail, or fetched to be saved (B18-B21). */
export class History implements HistoryStore {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  async send(conversation: string, to: readonly HistoryRecipient[], form: Form = {}): Promise<void> {
    await this.#wire.insist('history:send', { conversation, cid: newId(), to: [...to], ...form });
  }

  async text(conversation: string, form: Form = {}): Promise<string> {
    let text = '';
    // The first page is asked for without `after`: it begins with what the text is a history of, and in which zone (E13).
    for (let after: number | undefined | null; after !== null;) {
      const page: { text: string; next: number | null } = await this.#wire.insist('history:text', {
        conversation,
        ...(after === undefined ? {} : { after }),
        ...form,
      });
      text += page.text;
      after = page.next;
    }
    return text;
  }
}
