import { nothing, type TemplateResult } from 'lit';
import type { ContextLink, OutboxItem } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import type { Localisation } from '../internal/localisation.js';
import { summon } from '../panel/places.js';
import type { Row } from '../timeline/rows.js';
import { deliveryOf, refusalOf } from './delivery.js';
import { harmless, preview } from './plain-text.js';
import { withLinks } from './web-links.js';

export type MessageStyle = 'bubble' | 'log';

/** What a message needs besides itself. */
export interface MessageView {
  style: MessageStyle;
  localisation: Localisation;
  /** Of the author, as this viewer reads it. */
  name: string;
  group: boolean;
  conversation: string;
  /** New to this viewer, until they turn to the composer (B25, B27). */
  tinted: boolean;
  /** How many others have read it; only asked for one's own. */
  readBy: number;
  /** Long content is opened. */
  expanded: boolean;
  /** Says how far it is even though a later one follows. */
  showState: boolean;
  toggle: (key: string) => void;
  retry: (item: OutboxItem) => void;
  discard: (item: OutboxItem) => void;
  /** Asked for who has an own message, at the button that was pressed. */
  details: (seq: number, from: HTMLElement) => void;
}

type MessageRow = Extract<Row, { type: 'message' }>;

function contentOf({ item }: MessageRow): { text: string; links: readonly ContextLink[]; at: number } {
  if (item.type === 'pending') return { text: item.item.text, links: item.item.links, at: item.item.at };
  const { body, at } = item.entry;
  return body.kind === 'message' ? { text: body.text, links: body.links, at } : { text: '', links: [], at };
}

function renderText(row: MessageRow, text: string, view: MessageView): TemplateResult | typeof nothing {
  if (text === '') return nothing;
  const { shown, cut } = preview(text);
  const said = harmless(view.expanded ? text : shown);
  const pieces = withLinks(said).map((piece) =>
    'href' in piece ? html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.text}</a>` : piece.text,
  );
  const more = !cut
    ? nothing
    : html`<button class="text-button more" type="button" aria-expanded=${view.expanded} @click=${() => view.toggle(row.key)}>
        ${view.localisation.text(view.expanded ? 'showLess' : 'loadMore')}
      </button>`;
  // The text stands directly between its tags: white space is kept, so a line break here would be one on the screen.
  return html`<div class="text" part="text" dir="auto">${pieces}</div>
    ${more}`;
}

function renderLinks(links: readonly ContextLink[], conversation: string): TemplateResult | typeof nothing {
  if (links.length === 0) return nothing;
  summon('link-card');
  return html`<div class="links">
    ${links.map((link) => html`<parley-link-card exportparts="link-card" .link=${link} .conversation=${conversation}></parley-link-card>`)}
  </div>`;
}

function renderState(row: MessageRow, view: MessageView): TemplateResult | typeof nothing {
  const delivery = deliveryOf(row.item, view.readBy, view.localisation);
  if (delivery === null || !(view.showState || delivery.tone !== 'quiet')) return nothing;
  const { item } = row;
  const refused = item.type === 'pending' && item.item.state === 'not-sent' ? item.item : null;
  const { text } = view.localisation;
  const word = html`${icon(delivery.icon, 16)}${delivery.text}`;
  return html`<div class="state ${delivery.tone}" part="state">
    ${
      item.type === 'pending'
        ? html`<span class="word">${word}</span>`
        : html`<button
            class="word who"
            type="button"
            aria-haspopup="dialog"
            title=${text('showDelivery', { state: delivery.text })}
            @click=${(event: Event) => view.details(item.entry.seq, event.currentTarget as HTMLElement)}
          >
            ${word}
          </button>`
    }
    ${
      refused === null
        ? nothing
        : html`<span class="reason">${refusalOf(refused, view.localisation)}</span>
            <span class="acts">
              <button class="text-button" type="button" @click=${() => view.retry(refused)}>
                ${text(refused.stale ? 'send' : 'retry')}
              </button>
              <button class="text-button" type="button" @click=${() => view.discard(refused)}>${text('discard')}</button>
            </span>`
    }
  </div>`;
}

/** One message. Text goes in as text nodes only (attack 51), in the direction of its own first letters, and cannot turn what surrounds it. */
export function renderMessage(row: MessageRow, view: MessageView): TemplateResult {
  const { text, links, at } = contentOf(row);
  const { times } = view.localisation;
  const classes = [
    'message',
    view.style,
    row.mine ? 'own' : 'other',
    row.head ? 'head' : '',
    row.tail ? 'tail' : '',
    view.tinted ? 'unread' : '',
  ];
  const time = html`<time datetime=${new Date(at).toISOString()} title=${times.full(at)}>${times.time(at)}</time>`;
  if (view.style === 'log') {
    return html`<div class=${classes.join(' ')} part="message">
      ${time}
      <div class="said">
        <bdi class="name">${view.name}</bdi>
        ${renderText(row, text, view)}${renderLinks(links, view.conversation)}${renderState(row, view)}
      </div>
    </div>`;
  }
  // The name is there for screen readers on every message: by eye the group, the side and the colour say it.
  const named = row.head && !row.mine ? 'name' : 'visually-hidden';
  return html`<div class=${classes.join(' ')} part="message">
    <bdi class=${named}>${view.name}</bdi>
    <div class="line">
      ${time}
      <div class="bubble" part="bubble">${renderLinks(links, view.conversation)}${renderText(row, text, view)}</div>
    </div>
    ${renderState(row, view)}
  </div>`;
}
