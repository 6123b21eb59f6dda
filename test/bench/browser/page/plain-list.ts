import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { io } from 'socket.io-client';
import { textOf } from './words.js';

interface Message {
  id: number;
  at: number;
  author: string;
  text: string;
}

const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit' });

function message(id: number): Message {
  return { id, at: 1_760_000_000_000 + id * 60_000, author: id % 3 === 0 ? 'bob' : 'ann', text: textOf(id) };
}

/**
 * The floor in the browser: every message in the document, time, author and text, by the same template library and over the same kind of
 * connection, and nothing else. No window, groups, states, links or words for screen readers.
 */
export class PlainList extends LitElement {
  static override properties: PropertyDeclarations = { messages: { attribute: false } };
  messages: readonly Message[] = [];

  fill(count: number): void {
    this.messages = Array.from({ length: count }, (_, index) => message(index + 1_000_000));
  }

  addBefore(count: number): void {
    const first = this.messages[0]?.id ?? 0;
    this.messages = [...Array.from({ length: count }, (_, index) => message(first - count + index)), ...this.messages];
  }

  /** Shows what comes over a bare connection; resolves when that is open. */
  connect(server: string): Promise<void> {
    const socket = io(server, { transports: ['websocket'], auth: { as: 'ann' } });
    socket.on('entry:added', ({ entry }: { entry: { seq: number; at: number; author: string; body: { text: string } } }) => {
      const { seq, at, author, body } = entry;
      this.messages = [...this.messages, { id: 2_000_000 + seq, at, author, text: body.text }];
    });
    return new Promise((resolve) => socket.on('session:started', () => resolve()));
  }

  protected override render(): TemplateResult {
    return html`<style>
        :host {
          display: block;
          block-size: 500px;
          overflow-y: auto;
        }
      </style>
      ${repeat(
        this.messages,
        ({ id }) => id,
        ({ at, author, text }) => html`<div class="row"><time>${time.format(at)}</time> <b>${author}</b> <span>${text}</span></div>`,
      )}`;
  }
}

/** The floor of a directory with presence: one element each, whose class is set by the same event. */
export class PlainMarks extends LitElement {
  static override properties: PropertyDeclarations = { users: { attribute: false } };
  users: readonly string[] = [];

  connect(server: string): Promise<void> {
    const socket = io(server, { transports: ['websocket'], auth: { as: 'ann' } });
    socket.on('presence:changed', ({ user, presence }: { user: string; presence: { availability: string } }) => {
      const mark = this.renderRoot.querySelector(`#${user}`);
      if (mark !== null) mark.className = presence.availability;
    });
    return new Promise((resolve) => socket.on('session:started', () => resolve()));
  }

  protected override render(): TemplateResult {
    return html`<table>
      ${this.users.map(
        (user) =>
          html`<tr>
            <td>${user}</td>
            <td><span id=${user} title="unknown">●</span></td>
          </tr>`,
      )}
    </table>`;
  }
}

customElements.define('plain-list', PlainList);
customElements.define('plain-marks', PlainMarks);

declare global {
  interface HTMLElementTagNameMap {
    'plain-list': PlainList;
    'plain-marks': PlainMarks;
  }
}
