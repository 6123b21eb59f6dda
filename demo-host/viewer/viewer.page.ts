import { day, embedChat } from '../page/chat.js';
import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { ShownStudy } from '../page/host-api.js';
import { showPolicies } from '../page/policies.js';
import { personInAddress, showSignedIn } from '../page/signed-in.js';
import { imageIdOf } from './image-loader.js';
import { ImageView, startRendering } from './image-view.js';
import type { Tool } from './image-view.js';
import { listenForShortcuts } from './shortcuts.js';
import { Worklist } from './worklist.js';

/** Window presets as centre and width, on the keys 1 to 4. */
const PRESETS = [
  { name: 'Soft tissue', centre: 40, width: 400 },
  { name: 'Lung', centre: -550, width: 1500 },
  { name: 'Bone', centre: 450, width: 1800 },
  { name: 'Brain', centre: 38, width: 90 },
];

const as = personInAddress();
const api = new HostApi(as);
const grid = find('#images');
const notice = find('#notice');
const studies = new Map<string, ShownStudy>();
let tool: Tool = 'window';
let panes: ImageView[] = [];
let active = 0;
let opened: string | null = null;
/** Counts what was asked to be opened. */
let turns = 0;
let current: string | null = null;

const worklist = new Worklist({ open: (uid) => void open(uid), setCurrent });
const chat = embedChat({ as, api, own: { kind: 'study', current: () => current, open: (uid) => void open(uid) } });

/** Shows an examination and names it in the address. It becomes the current one only when there is none yet. */
async function open(uid: string, { push = true } = {}): Promise<void> {
  const turn = ++turns;
  notice.hidden = true;
  showWorklist(false);
  let study: ShownStudy;
  try {
    study = await api.study(uid);
  } catch (cause) {
    if (turn === turns) say(cause instanceof Error ? cause.message : 'This examination cannot be opened');
    return;
  }
  // An answer that comes after a later request would put the wrong images beside the right address.
  if (turn !== turns) return;
  studies.set(uid, study);
  opened = uid;
  current ??= uid;
  if (push) history.pushState(null, '', address(uid));
  else history.replaceState(null, '', address(uid));
  document.title = `${study.description}, ${study.patient.name} - Lightbox`;
  changed();
  const shown = [study, ...priors(study)];
  await Promise.all(panes.map((pane, index) => showIn(pane, shown[index] ?? study)));
}

async function showIn(pane: ImageView, study: ShownStudy): Promise<void> {
  const imageIds = Array.from({ length: study.images }, (_, index) => imageIdOf(api.image(study.uid, index + 1)));
  const { patient } = study;
  const lines = [
    patient.name,
    `${patient.id}   ${patient.birth}   ${patient.sex}`,
    study.description,
    `${day(study.at)}   ${study.accession}`,
  ];
  await pane
    .show(imageIds, lines, `Images of ${study.description}, ${patient.name}`)
    .catch((cause: unknown) => say(`The images cannot be shown: ${String(cause)}`));
}

function priors(study: ShownStudy): ShownStudy[] {
  return [...studies.values()].filter((other) => other.patient.id === study.patient.id && other.uid !== study.uid && other.images > 2);
}

function setCurrent(uid: string): void {
  current = uid;
  changed();
}

/** Everything on the page that says which examination is shown and which is current. */
function changed(): void {
  worklist.mark(opened, current);
  const study = studies.get(opened ?? '');
  const other = studies.get(current ?? '');
  find('#indication').textContent = study ? study.indication : '';
  find('#not-current').hidden = opened === null || opened === current;
  find('#current-name').textContent = other ? `${other.description}, ${other.patient.name}` : 'another one';
  chat.refresh();
}

/** Where there is no room beside the images, the worklist comes over them. */
function showWorklist(shown: boolean): void {
  document.body.classList.toggle('worklist-open', shown);
  find('[data-action="worklist"]').setAttribute('aria-expanded', String(shown));
}

function say(message: string): void {
  notice.replaceChildren(el('p', {}, message));
  notice.hidden = false;
}

function address(uid: string): string {
  const url = new URL(location.href);
  url.searchParams.set('study', uid);
  return url.pathname + url.search;
}

function layOut(count: number): void {
  for (const pane of panes) pane.detach();
  panes = Array.from({ length: count }, () => new ImageView(() => tool));
  active = 0;
  grid.dataset['panes'] = String(count);
  grid.append(...panes.map((pane) => pane.element));
  for (const [index, pane] of panes.entries()) {
    pane.attach();
    pane.element.addEventListener('pointerdown', () => activate(index));
    pane.element.addEventListener('focus', () => activate(index));
  }
  activate(0);
  find('[data-action="layout"]').setAttribute('aria-pressed', String(count > 1));
  if (opened !== null) void open(opened, { push: false });
}

function activate(index: number): void {
  active = index;
  for (const [at, pane] of panes.entries()) pane.element.classList.toggle('active', at === index && panes.length > 1);
}

const pane = (act: (view: ImageView) => void) => () => {
  const view = panes[active];
  if (view) act(view);
};
const preset = (index: number) =>
  pane((view) => {
    const chosen = PRESETS[index];
    if (chosen) view.window(chosen.centre, chosen.width);
  });

function choose(next: Tool): void {
  tool = next;
  for (const button of document.querySelectorAll<HTMLElement>('[data-tool]'))
    button.setAttribute('aria-pressed', String(button.dataset['tool'] === next));
  grid.dataset['tool'] = next;
}

const actions: Record<string, () => void> = {
  rotate: pane((view) => view.rotate()),
  flip: pane((view) => view.flip()),
  invert: pane((view) => view.invert()),
  reset: pane((view) => view.reset()),
  layout: () => layOut(panes.length > 1 ? 1 : 2),
  worklist: () => showWorklist(!document.body.classList.contains('worklist-open')),
  'set-current': () => opened !== null && setCurrent(opened),
};
for (const button of document.querySelectorAll<HTMLElement>('[data-action]'))
  button.addEventListener('click', () => actions[button.dataset['action'] ?? '']?.());
for (const button of document.querySelectorAll<HTMLElement>('[data-tool]'))
  button.addEventListener('click', () => choose((button.dataset['tool'] ?? 'window') as Tool));
for (const [index, button] of document.querySelectorAll<HTMLElement>('[data-preset]').entries())
  button.addEventListener('click', preset(index));

listenForShortcuts({
  r: () => actions['rotate']?.(),
  f: () => actions['flip']?.(),
  i: () => actions['invert']?.(),
  ' ': () => actions['reset']?.(),
  l: () => actions['layout']?.(),
  Escape: () => {
    showWorklist(false);
    notice.hidden = opened !== null;
  },
  w: () => choose('window'),
  p: () => choose('pan'),
  z: () => choose('zoom'),
  s: () => choose('scroll'),
  ArrowDown: pane((view) => view.scroll(1)),
  ArrowUp: pane((view) => view.scroll(-1)),
  ArrowRight: pane((view) => view.scroll(1)),
  ArrowLeft: pane((view) => view.scroll(-1)),
  PageDown: pane((view) => view.scroll(5)),
  PageUp: pane((view) => view.scroll(-5)),
  Home: pane((view) => view.scrollTo('first')),
  End: pane((view) => view.scrollTo('last')),
  1: preset(0),
  2: preset(1),
  3: preset(2),
  4: preset(3),
});

addEventListener('popstate', () => {
  const uid = new URLSearchParams(location.search).get('study');
  if (uid !== null) void open(uid, { push: false });
});

showPolicies(api);
startRendering();
layOut(1);
choose('window');
if ((await showSignedIn(api, as, ({ host }) => host === 'viewer' || host === 'dashboard')) === null)
  say('Nobody is signed in. Choose a person at the top.');
else {
  const list = await api.studies().catch(() => []);
  for (const study of list) studies.set(study.uid, study);
  worklist.show(list);
  const asked = new URLSearchParams(location.search).get('study') ?? list[0]?.uid ?? null;
  if (asked !== null) await open(asked, { push: false });
  else say('No examinations for you. A link in the chat may still show you what you may see.');
}
