import { clock, day } from '../page/chat.js';
import { el, find } from '../page/element.js';
import type { ReceivedMail } from '../page/host-api.js';
import { openSuite, say } from './suite.js';

/** How often the page asks whether something has come, in milliseconds. */
const ASK_EVERY = 2_000;

const list = find('#mails');
const { api, person } = await openSuite('received');
let mails: ReceivedMail[] = [];
let current: string | null = null;

async function load(): Promise<void> {
  const next = await api.received().catch(() => mails);
  if (next.length === mails.length && next[0]?.id === mails[0]?.id && list.childElementCount > 0) return;
  const focused = list.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
  mails = next;
  find('#count').textContent = `${String(mails.length)} ${mails.length === 1 ? 'mail' : 'mails'}`;
  find('#empty').hidden = mails.length > 0;
  list.replaceChildren(...mails.map(row));
  mark();
  if (focused !== undefined) list.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"] .open`)?.focus();
}

function row(mail: ReceivedMail): HTMLElement {
  const { id, at, from, to, subject, text } = mail;
  return el(
    'li',
    { class: 'row', 'data-id': id },
    el(
      'button',
      { type: 'button', class: 'open', onclick: () => show(mail) },
      el('span', { class: 'from' }, `To ${to.join(', ')}`),
      el('time', { datetime: new Date(at).toISOString() }, clock(at)),
      el('span', { class: 'subject' }, subject || '(no subject)'),
      el('span', { class: 'first' }, `${from.name || from.address}: ${text.replace(/\s+/g, ' ').slice(0, 80)}`),
    ),
  );
}

function show({ id, at, from, to, subject, text, source }: ReceivedMail): void {
  current = id;
  document.body.classList.add('mail-open');
  const line = (name: string, value: string) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  find('#content').replaceChildren(
    el('button', { type: 'button', class: 'back', onclick: back }, '‹ Back to the list'),
    el('h2', {}, subject || '(no subject)'),
    el(
      'dl',
      { class: 'envelope' },
      line('From', from.name === '' ? from.address : `${from.name} <${from.address}>`),
      line('Delivered to', to.join(', ')),
      line('Received', `${day(at)}, ${clock(at)}`),
    ),
    el('p', { class: 'text' }, text),
    el('details', { class: 'source' }, el('summary', {}, 'As it came over the line'), el('pre', { tabindex: '0' }, source)),
  );
  mark();
  find('#content').focus();
}

function back(): void {
  document.body.classList.remove('mail-open');
  if (current !== null) list.querySelector<HTMLElement>(`[data-id="${CSS.escape(current)}"] .open`)?.focus();
}

function mark(): void {
  for (const one of list.querySelectorAll<HTMLElement>('.row')) one.classList.toggle('current', one.dataset['id'] === current);
}

if (person === null) say('Nobody is signed in. Choose a person at the top.');
else {
  await load();
  const [first] = mails;
  if (!first) say('Send the history of a chat to see it arrive.');
  else if (matchMedia('(min-width: 900px)').matches) show(first);
  setInterval(() => {
    if (!document.hidden) void load();
  }, ASK_EVERY);
}
