import { clock, day } from '../page/chat.js';
import { el, find } from '../page/element.js';
import type { DemoPerson, ShownMail } from '../page/host-api.js';
import { icon } from '../page/icon.js';
import type { Folder } from './mail-list.js';
import { foldersOf, mailRow } from './mail-list.js';
import { badge, initials, openSuite, say } from './suite.js';

const list = find('#mails');
const search = find('#search') as HTMLInputElement;
const read = new Set<string>();
let mails: ShownMail[] = [];
let folders: Folder[] = [];
let folder: Folder | undefined;
let current: string | null = null;
/** Counts what was asked to be opened: an answer that comes after a later request is dropped. */
let turns = 0;

const { api, chat, person, people } = await openSuite('mail', { current: () => current, open: (id) => void open(id) });
const byAddress = new Map<string, DemoPerson>(people.map((one) => [one.email, one]));

function showFolders(): void {
  find('#folders').replaceChildren(
    ...folders.map((one) => {
      const unread = mails.filter((mail) => one.holds(mail) && isUnread(mail)).length;
      const button = el(
        'button',
        { type: 'button', class: folders.indexOf(one) === 3 ? 'shared-first' : '', onclick: () => choose(one) },
        el('span', {}, one.name),
        unread > 0 && el('b', { 'aria-label': `${String(unread)} unread` }, String(unread)),
      );
      if (one === folder) button.setAttribute('aria-current', 'true');
      return button;
    }),
  );
}

function showList(): void {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ from, subject, text }: ShownMail) =>
    words.every((word) => `${from.name} ${from.address} ${subject} ${text}`.toLowerCase().includes(word));
  const shown = mails.filter((mail) => folder?.holds(mail) === true && fits(mail));
  const newest = Math.max(...mails.map(({ at }) => at));
  find('#folder-name').textContent = folder?.name ?? 'Mail';
  find('#count').textContent = `${String(shown.length)} ${shown.length === 1 ? 'mail' : 'mails'}`;
  find('#empty').hidden = shown.length > 0;
  list.replaceChildren(
    ...shown.map((mail) => mailRow(mail, { sender: senderOf(mail), newest, read: !isUnread(mail), open: () => void open(mail.id) })),
  );
  markCurrent();
}

const isUnread = (mail: ShownMail): boolean => mail.unread === true && !read.has(mail.id);
const senderOf = (mail: ShownMail): DemoPerson | undefined => byAddress.get(mail.from.address);

function choose(next: Folder): void {
  folder = next;
  showFolders();
  showList();
}

/** Shows one mail; it is then what the chat links. */
async function open(id: string, { push = true, focus = true } = {}): Promise<void> {
  const turn = ++turns;
  try {
    const mail = await api.mail(id);
    if (turn !== turns) return;
    current = id;
    read.add(id);
    show(mail);
  } catch (cause) {
    if (turn !== turns) return;
    current = null;
    say(cause instanceof Error ? cause.message : 'This mail cannot be opened');
  }
  document.body.classList.add('mail-open');
  if (push) history.pushState(null, '', address(id));
  showFolders();
  showList();
  if (focus) find('#content').focus();
  chat.refresh();
}

function show(mail: ShownMail): void {
  const { subject, from, to, at, text, attachments = [] } = mail;
  const names = to.map((one) => byAddress.get(one)?.name ?? one).join(', ');
  find('#content').replaceChildren(
    el('button', { type: 'button', class: 'back', onclick: () => close() }, '‹ Back to the list'),
    el('h2', {}, subject || '(no subject)'),
    el(
      'div',
      { class: 'sender' },
      initials(from.name || from.address),
      el(
        'div',
        {},
        el(
          'p',
          { class: 'who' },
          badge(senderOf(mail)),
          el('b', {}, from.name || from.address),
          el('span', { class: 'quiet' }, from.address),
        ),
        el('p', { class: 'quiet' }, `To ${names}`),
      ),
      el('time', { class: 'quiet', datetime: new Date(at).toISOString() }, `${day(at)}, ${clock(at)}`),
    ),
    el('p', { class: 'text' }, text),
    ...(attachments.length === 0
      ? []
      : [el('ul', { class: 'attachments', 'aria-label': 'Attachments' }, ...attachments.map((name) => el('li', {}, icon('clip'), name)))]),
  );
}

/** Back to the list, where there is room for one of the two only. */
function close({ push = true } = {}): void {
  turns += 1;
  const left = current;
  current = null;
  document.body.classList.remove('mail-open');
  if (push) history.pushState(null, '', address(null));
  say('Choose a mail.');
  markCurrent();
  chat.refresh();
  if (left !== null) list.querySelector<HTMLElement>(`[data-id="${CSS.escape(left)}"] .open`)?.focus();
}

function markCurrent(): void {
  for (const row of list.querySelectorAll<HTMLElement>('.row')) row.classList.toggle('current', row.dataset['id'] === current);
}

function address(id: string | null): string {
  const url = new URL(location.href);
  if (id === null) url.searchParams.delete('mail');
  else url.searchParams.set('mail', id);
  return url.pathname + url.search;
}

/** Up and down go from mail to mail. */
list.addEventListener('keydown', (event) => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...list.querySelectorAll<HTMLElement>('.open')];
  const at = rows.findIndex((row) => row === document.activeElement);
  event.preventDefault();
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
});
search.addEventListener('input', showList);
addEventListener('popstate', () => {
  const id = new URLSearchParams(location.search).get('mail');
  if (id === null) close({ push: false });
  else void open(id, { push: false });
});

if (person === null) say('Nobody is signed in. Choose a person at the top.');
else {
  [mails] = await Promise.all([api.mails()]);
  folders = foldersOf(person, await api.mailboxes());
  folder = folders[0];
  showFolders();
  showList();
  const asked = new URLSearchParams(location.search).get('mail');
  const first = mails.find((mail) => folder?.holds(mail));
  if (asked !== null) await open(asked, { push: false, focus: false });
  else if (first && matchMedia('(min-width: 900px)').matches) await open(first.id, { push: false, focus: false });
  else say('Choose a mail.');
}
