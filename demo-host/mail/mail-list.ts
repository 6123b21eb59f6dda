import { clock, day } from '../page/chat.js';
import { el } from '../page/element.js';
import { icon } from '../page/icon.js';
import type { DemoMailbox, DemoPerson, ShownMail } from '../page/host-api.js';
import { badge } from './suite.js';

export interface Folder {
  id: string;
  name: string;
  holds: (mail: ShownMail) => boolean;
}

/** The folders of a person: their own, and one for each mailbox that they share with others. */
export function foldersOf(person: DemoPerson, mailboxes: readonly DemoMailbox[]): Folder[] {
  const to = (address: string) => (mail: ShownMail) => mail.to.some((one) => one.toLowerCase() === address);
  return [
    { id: 'inbox', name: 'Inbox', holds: to(person.email) },
    { id: 'flagged', name: 'Flagged', holds: (mail) => mail.flagged === true },
    { id: 'sent', name: 'Sent', holds: (mail) => mail.from.address === person.email },
    ...mailboxes.map(({ id, name, email }) => ({ id, name, holds: to(email) })),
  ];
}

/** The time for what came today, the day for the rest; "today" is the newest day there is, so that the demo looks alike every day. */
export function when(at: number, newest: number): string {
  return day(at) === day(newest) ? clock(at) : day(at).replace(/ \d{4}$/, '');
}

export function mailRow(
  mail: ShownMail,
  { sender, newest, read, open }: { sender: DemoPerson | undefined; newest: number; read: boolean; open: () => void },
): HTMLElement {
  const { id, from, subject, text, at } = mail;
  return el(
    'li',
    { class: read ? 'row' : 'row unread', 'data-id': id },
    el(
      'button',
      { type: 'button', class: 'open', onclick: open },
      el('span', { class: 'from' }, from.name || from.address),
      el('time', { datetime: new Date(at).toISOString() }, when(at, newest)),
      el('span', { class: 'subject' }, subject || '(no subject)'),
      el(
        'span',
        { class: 'marks' },
        mail.flagged === true && icon('flag', 'flagged'),
        mail.attachments !== undefined && icon('clip', 'with attachments'),
      ),
      el('span', { class: 'first' }, text.replace(/\s+/g, ' ').slice(0, 90)),
      !read && el('span', { class: 'visually-hidden' }, ', unread'),
    ),
    badge(sender),
  );
}
