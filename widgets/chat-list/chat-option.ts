import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, Person } from '#sdk';
import '../avatar/avatar.js';
import type { Localisation } from '../internal/localisation.js';
import { type Lookup, nameOf, oneLine, otherOf } from '../internal/names.js';
import { firstWords } from '../message/plain-text.js';
import '../presence-badge/presence-badge.js';

/** First words of the last message; in groups with whose they are. */
function lastWords({ last, kind }: Conversation, me: string, look: Lookup, localisation: Localisation): string {
  if (last === null || last.body.kind !== 'message') return '';
  const said = firstWords(last.body.text) || localisation.text('linkedItem');
  if (last.author === me) return localisation.text('youSaid', { text: said });
  return kind === 'group' ? localisation.text('saidBy', { name: nameOf(last.author, me, look, localisation), text: said }) : said;
}

/** The badge lies on the avatar and is a mark here: the row itself opens the chat. */
function renderAvatar(name: string, other: string | null, group: boolean): TemplateResult {
  return html`<parley-avatar name=${name} seed=${other ?? name} ?group=${group}>
    ${other === null ? nothing : html`<parley-presence-badge slot="presence" user=${other} name=${name} view-only></parley-presence-badge>`}
  </parley-avatar>`;
}

export function renderChat(chat: Conversation, me: string, title: string, look: Lookup, localisation: Localisation): TemplateResult {
  const { times } = localisation;
  const words = lastWords(chat, me, look, localisation);
  return html`${renderAvatar(title, otherOf(chat, me), chat.kind === 'group')}
    <span class="title truncate" dir="auto">${title}</span>
    <time class="time" datetime=${new Date(chat.updatedAt).toISOString()} title=${times.full(chat.updatedAt)}
      >${times.short(chat.updatedAt)}</time
    >
    <span class="words truncate" dir="auto">${words}</span>
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

/** Who a person is, so that two of one name are told apart (attack 58). */
export function aboutPerson(person: Person): string {
  return [person.title, person.organisation]
    .map((part) => oneLine(part ?? ''))
    .filter((part) => part !== '')
    .join(', ');
}

export function renderPerson(person: Person, localisation: Localisation): TemplateResult {
  const name = oneLine(person.name) || localisation.text('unknownPerson');
  return html`${renderAvatar(name, person.id, false)}
    <span class="title truncate" dir="auto">${name}</span>
    <span class="words truncate" dir="auto">${aboutPerson(person)}</span>`;
}
