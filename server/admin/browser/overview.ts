import type { TenantCounts } from '../../storage/admin-storage.js';
import type { HealthReport } from '../health.js';
import { inWords } from './api.js';
import type { Api } from './api.js';
import { card, element, numberOf, timeOf } from './dom.js';

interface Overview {
  version: string;
  counts: TenantCounts & { online: number; connections: number };
  health: HealthReport;
}

type State = 'good' | 'bad' | 'off';
const MARKS: Readonly<Record<State, string>> = { good: '✓', bad: '✗', off: '–' };
/** The server counts no further. */
const MOST_COUNTED = 10_000;
/** ms */
const EVERY = 15_000;

/** Who is there, and how the server is; asked again for as long as the page is open and seen. */
export function overviewCards(api: Api, signal: AbortSignal): HTMLElement[] {
  const counts = card('Now');
  const health = card('Health');
  const refresh = async () => {
    if (document.hidden) return;
    try {
      const overview = await api.ask<Overview>('GET', '/admin/overview');
      counts.show(numbers(overview.counts));
      counts.say('');
      const asked = `Parley ${overview.version}, the node that answered; asked at ${new Date().toLocaleTimeString('en')}`;
      // No status: nobody wants to be told four times a minute.
      health.show(list(overview.health), element('p', { class: 'quiet' }, asked));
    } catch (error) {
      if (!signal.aborted) counts.say(inWords(error, 'parley:admin'), true);
    }
  };
  const timer = setInterval(() => void refresh(), EVERY);
  document.addEventListener('visibilitychange', () => void refresh(), { signal });
  signal.addEventListener('abort', () => clearInterval(timer));
  void refresh();
  return [counts.section, health.section];
}

function numbers({ online, connections, people, conversations }: Overview['counts']): HTMLElement {
  const one = (label: string, value: number, most = Infinity) =>
    element('div', {}, element('dt', {}, label), element('dd', {}, value > most ? `${numberOf(most)}+` : numberOf(value)));
  return element(
    'dl',
    { class: 'numbers' },
    one('people online', online),
    one('connections', connections),
    one('people known', people, MOST_COUNTED),
    one('conversations', conversations, MOST_COUNTED),
  );
}

function list({ store, nodes, mail, archive }: Overview['health']): HTMLElement {
  const line = (state: State, about: string, says: string) =>
    element(
      'li',
      { class: state },
      element('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[state]),
      element('span', {}, about),
      element('span', {}, says),
    );
  const engine = store.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  return element(
    'ul',
    { class: 'health' },
    store.ok ? line('good', 'Store', `${engine} answers in ${store.milliseconds} ms`) : line('bad', 'Store', `${engine} does not answer`),
    nodes === 'not-heard'
      ? line('bad', 'Redis', 'not reached: other nodes are heard late')
      : nodes === 'heard'
        ? line('good', 'Redis', 'other nodes are heard')
        : line('off', 'Redis', 'one node'),
    mail === 'failing'
      ? line('bad', 'Mail', 'the mail server does not let us in')
      : mail === 'ok'
        ? line('good', 'Mail', 'the mail server lets us in')
        : line('off', 'Mail', 'off: histories can be saved, not sent'),
    archiveLine(line, archive),
    !archive.anchors
      ? line('off', 'Heads', 'no second place is set')
      : archive.anchoring === false
        ? line('bad', 'Heads', `not delivered${archive.anchoredAt === null ? '' : ` since ${timeOf(archive.anchoredAt)}`}`)
        : line('good', 'Heads', archive.anchoredAt === null ? 'not delivered yet' : `delivered at ${timeOf(archive.anchoredAt)}`),
  );
}

function archiveLine(
  line: (state: State, about: string, says: string) => HTMLElement,
  { verifiedAt, damages }: Overview['health']['archive'],
): HTMLElement {
  if (verifiedAt === null) return line('off', 'Archive', 'not checked since the start');
  const when = `checked at ${timeOf(verifiedAt)}`;
  if (damages === null) return line('bad', 'Archive', `${when}: it could not be read`);
  return damages === 0
    ? line('good', 'Archive', `${when}: whole`)
    : line('bad', 'Archive', `${when}: ${damages} damaged, see parley verify`);
}
