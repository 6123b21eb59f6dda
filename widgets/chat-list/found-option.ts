import type { TemplateResult } from 'lit';
import type { Person } from '#sdk';
import { html } from '../internal/html.js';
import type { Localisation } from '../internal/localisation.js';
import { nameOf, oneLine, otherOf } from '../internal/names.js';
import { harmless } from '../message/plain-text.js';
import { type Around, type Found, renderAvatar, renderTime } from './chat-option.js';

/** What was found besides chats: a person, or a message with the words around the hit. */
export function renderFound(line: Found, { me, sought, title, look, summary, localisation }: Around): TemplateResult {
  if (line.type === 'person') return renderPerson(line.person, localisation);
  const { author, at, body, conversation } = line.entry;
  const chat = summary(conversation);
  const name = chat === null ? '' : title(chat);
  const text = around(body.kind === 'message' ? harmless(body.text) : '', sought);
  const said = localisation.text('saidBy', { name: nameOf(author, me, look, localisation), text });
  return html`${renderAvatar(name, chat === null ? null : otherOf(chat, me), chat?.kind === 'group')}
    <span class="title truncate" dir="auto">${name}</span>
    ${renderTime(at, localisation)}
    <span class="words truncate" dir="auto">${said}</span>`;
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
  return html`${renderAvatar(name, person.id, false, person.photo)}
    <span class="title truncate" dir="auto">${name}</span>
    <span class="words truncate" dir="auto">${aboutPerson(person)}</span>`;
}

/** The words around the first hit, so that it is seen in one line. */
function around(text: string, sought: string): string {
  const line = oneLine(text.replace(/\s+/g, ' '));
  const word = sought.trim().split(/\s+/)[0] ?? '';
  const at = line.toLocaleLowerCase().indexOf(word.toLocaleLowerCase());
  if (at < 12) return line;
  const from = line.indexOf(' ', at - 12) + 1;
  return `…${line.slice(from === 0 || from > at ? at : from)}`;
}
