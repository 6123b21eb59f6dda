import { embedChat } from '../page/chat.js';
import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson, ShownResource } from '../page/host-api.js';
import { showPolicies } from '../page/policies.js';
import { personInAddress, regionInAddress, showSignedIn } from '../page/signed-in.js';
import { boardRow, compare } from './board-rows.js';
import { showRegions } from './regions.js';
import type { SortKey } from './board-rows.js';
import { resourceDetail } from './resource-detail.js';

const as = personInAddress();
const region = regionInAddress();
const api = new HostApi(as, region);
const detail = find('#detail');
const search = find('#search') as HTMLInputElement;
const status = find('#status') as HTMLSelectElement;
let people = new Map<string, DemoPerson>();
let resources: ShownResource[] = [];
let sort: { key: SortKey; up: boolean } = { key: 'name', up: true };
let current: string | null = null;

const chat = embedChat({ as, api, own: { kind: 'resource', current: () => current, open: (id) => void open(id) } });

function showBoard(): void {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (resource: ShownResource) =>
    (status.value === '' || resource.status === status.value) &&
    words.every((word) => `${resource.name} ${resource.site} ${resource.sort} ${resource.comment}`.toLowerCase().includes(word));
  const shown = resources.filter(fits).sort((a, b) => compare(sort.key, a, b) * (sort.up ? 1 : -1));
  find('#rows').replaceChildren(
    ...shown.map((resource) => boardRow(resource, people.get(resource.contacts[0] ?? ''), (id) => void open(id))),
  );
  find('#count').textContent = `${String(shown.length)} of ${String(resources.length)}`;
  find('#empty').hidden = shown.length > 0;
  markCurrent();
}

function showSummary(): void {
  const free = resources.reduce((sum, { beds }) => sum + beds.free, 0);
  const count = (wanted: ShownResource['status']) => String(resources.filter((resource) => resource.status === wanted).length);
  const facts = [
    ['Beds free', String(free), ''],
    ['Open', count('open'), 'open'],
    ['Limited', count('limited'), 'limited'],
    ['Diverting', count('diverting'), 'diverting'],
    ['Closed', count('closed'), 'closed'],
  ] as const;
  find('#summary').replaceChildren(...facts.map(([name, value, kind]) => el('li', { class: kind }, el('b', {}, value), ` ${name}`)));
}

/** Counts what was asked to be opened: an answer that comes after a later request is dropped. */
let turns = 0;

/** Shows one resource beside the board; it is then what the chat links. */
async function open(id: string, { push = true } = {}): Promise<void> {
  const turn = ++turns;
  try {
    const resource = await api.resource(id);
    if (turn !== turns) return;
    current = id;
    detail.replaceChildren(...resourceDetail(resource, people, () => close()));
  } catch (cause) {
    if (turn !== turns) return;
    current = null;
    detail.replaceChildren(
      el(
        'div',
        { class: 'detail-head' },
        el('h2', { id: 'detail-name' }, cause instanceof Error ? cause.message : 'This cannot be opened'),
        el('button', { type: 'button', class: 'close', 'aria-label': 'Back to the board', onclick: () => close() }, '✕'),
      ),
    );
  }
  detail.hidden = false;
  detail.focus();
  if (push) history.pushState(null, '', address(id));
  markCurrent();
  chat.refresh();
}

function close({ push = true } = {}): void {
  turns += 1;
  const row = current;
  current = null;
  detail.hidden = true;
  if (push) history.pushState(null, '', address(null));
  markCurrent();
  chat.refresh();
  if (row !== null) document.querySelector<HTMLElement>(`tr[data-id="${CSS.escape(row)}"] .name`)?.focus();
}

function markCurrent(): void {
  for (const row of document.querySelectorAll<HTMLElement>('#rows tr')) row.classList.toggle('current', row.dataset['id'] === current);
}

function address(id: string | null): string {
  const url = new URL(location.href);
  if (id === null) url.searchParams.delete('resource');
  else url.searchParams.set('resource', id);
  return url.pathname + url.search;
}

search.addEventListener('input', showBoard);
status.addEventListener('change', showBoard);
for (const button of document.querySelectorAll<HTMLElement>('[data-sort]')) {
  button.addEventListener('click', () => {
    const key = button.dataset['sort'] as SortKey;
    sort = { key, up: sort.key === key ? !sort.up : true };
    for (const other of document.querySelectorAll<HTMLElement>('[data-sort]')) {
      other.closest('th')?.setAttribute('aria-sort', other === button ? (sort.up ? 'ascending' : 'descending') : 'none');
    }
    showBoard();
  });
}
addEventListener('popstate', () => {
  const id = new URLSearchParams(location.search).get('resource');
  if (id === null) close({ push: false });
  else void open(id, { push: false });
});

showPolicies(api);
const signedIn = await showSignedIn(api, as, ({ host }) => host === 'dashboard' || host === 'viewer');
people = new Map((await api.people()).map((person) => [person.id, person]));
resources = signedIn ? await api.resources() : [];
showRegions(await api.tenants(), signedIn, region);
showSummary();
showBoard();
const asked = new URLSearchParams(location.search).get('resource');
if (asked !== null) await open(asked, { push: false });
