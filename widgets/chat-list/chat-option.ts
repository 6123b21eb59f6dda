import { nothing, type TemplateResult } from 'lit';
import type { Conversation, OutboxItem } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import type { Localisation } from '../internal/localisation.js';
import { type Lookup, nameOf, otherOf } from '../internal/names.js';
import { firstWords } from '../message/plain-text.js';
import type { Chosen } from './chat-lines.js';

/** First words of the last message; in groups with whose they are. */
function lastWords({ last, kind }: Conversation, me: string, look: Lookup, localisation: Localisation): string {
  if (last === null || last.body.kind !== 'message') return '';
  const said = firstWords(last.body.text) || localisation.text('linkedItem');
  if (last.author === me) return localisation.text('youSaid', { text: said });
  return kind === 'group' ? localisation.text('saidBy', { name: nameOf(last.author, me, look, localisation), text: said }) : said;
}

/** The badge lies on the avatar and is a mark here: the row itself opens the chat. */
export function renderAvatar(name: string, other: string | null, group: boolean, photo = ''): TemplateResult {
  return html`<parley-avatar class="avatar" name=${name} seed=${other ?? name} ?group=${group} photo=${photo}>
    ${other === null ? nothing : html`<parley-presence-badge slot="presence" user=${other} name=${name} view-only></parley-presence-badge>`}
  </parley-avatar>`;
}

export function renderTime(at: number, { times }: Localisation): TemplateResult {
  return html`<time class="time" datetime=${new Date(at).toISOString()} title=${times.full(at)}>${times.short(at)}</time>`;
}

/** In place of the last words, which it would make look older than they are; null while all of it is sent or on its way. */
function renderUnsent(items: readonly OutboxItem[], { text }: Localisation): TemplateResult | null {
  const is = (wanted: OutboxItem['state']): boolean => items.some(({ state }) => state === wanted);
  if (is('not-sent')) return html`<span class="words unsent bad">${icon('warning', 16)}${text('notSent')}</span>`;
  return is('waiting')
    ? html`<span class="words unsent">${icon('offline', 16)}<span class="truncate">${text('waiting')}</span></span>`
    : null;
}

function renderChat(chat: Conversation, { me, title: titled, look, unsent, localisation }: Around): TemplateResult {
  const title = titled(chat);
  const other = otherOf(chat, me);
  return html`${renderAvatar(title, other, chat.kind === 'group', other === null ? '' : look(other)?.photo)}
    <span class="title truncate" dir="auto">${title}</span>
    ${renderTime(chat.updatedAt, localisation)}
    ${renderUnsent(unsent(chat.id), localisation) ?? html`<span class="words truncate" dir="auto">${lastWords(chat, me, look, localisation)}</span>`}
    ${
      // A mark for the pointer: keys have their own way to it, and an option may hold no button.
      html`<span class="more" aria-hidden="true" title=${localisation.text('moreFor', { name: title })}>${icon('dots', 16)}</span>`
    }
    ${
      chat.unread === 0
        ? nothing
        : html`<span class="marks">
            <span class="visually-hidden"
              >${chat.unread > 99 ? localisation.text('manyUnreadMessages') : localisation.text('unreadMessages', { count: chat.unread })}</span
            >
            <span class="number" aria-hidden="true">${localisation.count(chat.unread)}</span><span class="dot" aria-hidden="true"></span>
          </span>`
    }`;
}

/** What an option is drawn with. */
export interface Around {
  me: string;
  sought: string;
  title: (chat: Conversation) => string;
  look: Lookup;
  summary: (id: string) => Conversation | null;
  /** What was written in this chat and the server does not have. */
  unsent: (id: string) => readonly OutboxItem[];
  /** What was found, as the search draws it. */
  found: (line: Found, view: Around) => TemplateResult | typeof nothing;
  localisation: Localisation;
}

export type Found = Exclude<Chosen, { type: 'chat' }>;

export function renderLine(line: Chosen, view: Around): TemplateResult | typeof nothing {
  return line.type === 'chat' ? renderChat(line.chat, view) : view.found(line, view);
}
