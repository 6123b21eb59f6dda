import type { ConversationFacts } from '../../storage/admin-storage.js';
import { inWords } from './api.js';
import type { Api } from './api.js';
import { card, element, numberOf, timeOf } from './dom.js';

const COLUMNS = ['Started', 'Last entry', 'Kind', 'People', 'Entries', 'Id'];
const NUMBERS = new Set(['People', 'Entries']);

/** That conversations are there: when and how large. Each reading is written down, so it waits until somebody wants it. */
export function conversationsCard(api: Api): HTMLElement {
  const { section, show, say } = card('Conversations', { wide: true });
  const body = element('tbody');
  let last: string | undefined;
  const more = element('button', { type: 'button', click: () => void load() }, 'Show conversations');
  const table = element(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'List of conversations', hidden: true },
    element(
      'table',
      {},
      element('caption', {}, 'The youngest first. Neither texts nor titles nor names are shown here.'),
      element(
        'thead',
        {},
        element('tr', {}, ...COLUMNS.map((name) => element('th', { scope: 'col', class: NUMBERS.has(name) ? 'number' : '' }, name))),
      ),
      body,
    ),
  );
  const load = async () => {
    more.disabled = true;
    try {
      const query = last === undefined ? '' : `?before=${encodeURIComponent(last)}`;
      const page = await api.ask<{ conversations: ConversationFacts[]; more: boolean }>('GET', `/admin/conversations${query}`);
      body.append(...page.conversations.map(row));
      last = page.conversations.at(-1)?.id ?? last;
      table.hidden = last === undefined;
      more.textContent = 'Show older ones';
      more.hidden = !page.more;
      say(last === undefined ? 'There are none.' : `${numberOf(body.rows.length)} shown; the reading is in the audit log.`);
    } catch (error) {
      say(inWords(error, 'parley:admin'), true);
    }
    more.disabled = false;
  };
  show(table, element('div', { class: 'buttons' }, more));
  say('When and how large, not what is in them. Each reading is written into the audit log.');
  return section;
}

function row({ id, kind, memberCount, entries, startedAt, lastAt, ended }: ConversationFacts): HTMLTableRowElement {
  return element(
    'tr',
    {},
    element('td', {}, timeOf(startedAt)),
    element('td', {}, timeOf(lastAt)),
    element('td', {}, `${kind === 'direct' ? 'direct' : 'group'}${ended ? ', ended' : ''}`),
    element('td', { class: 'number' }, numberOf(memberCount)),
    element('td', { class: 'number' }, numberOf(entries)),
    element('td', {}, element('code', {}, id)),
  );
}
