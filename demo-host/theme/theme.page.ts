import { embedChat } from '../page/chat.js';
import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import { personInAddress, showSignedIn } from '../page/signed-in.js';
import { choice, surroundings } from '../page/surroundings.js';
import { tooFaint } from './contrast.js';
import { COLOURS, FONTS, SIZES } from './palette.js';
import { type Layer, type Scheme, ThemeDraft } from './theme-draft.js';

const THEMES = [
  ['', 'Parley as it is'],
  ['reading-room', 'Reading room: dim image viewers'],
  ['webmail', 'Webmail: white and round'],
  ['control-room', 'Control room: dense boards and consoles'],
] as const;
/** Which scheme a theme is made for. */
const MADE_FOR: Readonly<Record<string, string>> = { 'reading-room': 'dark', webmail: 'light' };

const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');
let draft = new ThemeDraft();
let wanted: Scheme | '' = '';
let layer: Layer = 'usual';
let applied: readonly string[] = [];

const scheme = (): Scheme => (wanted === '' ? (dark.matches ? 'dark' : 'light') : wanted);

/** Puts the draft on the page, as a host's own style sheet would, and shows its CSS. */
function apply(): void {
  for (const name of applied) root.style.removeProperty(name);
  const set = draft.declarations(layer);
  // What the system's own wish for more contrast would change is shown without asking the system.
  if (layer === 'more') for (const { token, more } of COLOURS) if (more) set.set(`--parley-${token}`, draft.colour(token, scheme(), layer));
  for (const [name, value] of set) root.style.setProperty(name, value);
  applied = [...set.keys()];
  find('#css').textContent = draft.css();
  find('#copied').textContent = '';
  const faint = tooFaint((token) => draft.colour(token, scheme(), layer));
  const label = (wantedToken: string) => COLOURS.find(({ token }) => token === wantedToken)?.label ?? wantedToken;
  find('#contrast').replaceChildren(
    faint.length === 0
      ? el('p', { class: 'good' }, '✓ Text has a contrast of 4.5 and marks of 3 everywhere.')
      : el(
          'ul',
          { class: 'faint' },
          ...faint.map(({ mark, ground, found, least }) =>
            el('li', {}, `✗ “${label(mark)}” on “${label(ground)}”: ${found.toFixed(1)}, needed ${String(least)}`),
          ),
        ),
  );
}

function showColours(): void {
  find('#which').textContent = `in ${scheme()}${layer === 'more' ? ', with more contrast' : ''}`;
  find('#colours').replaceChildren(
    ...COLOURS.map(({ token, label }) => {
      const box = el('input', { type: 'color', value: draft.colour(token, scheme(), layer), title: `--parley-${token}` });
      box.addEventListener('input', () => {
        draft.setColour(token, scheme(), layer, box.value);
        apply();
      });
      return el('label', {}, box, label);
    }),
  );
}

function showSizes(): void {
  const font = choice(
    'Font',
    FONTS.map(({ label, value }) => [value, label] as const),
    (value) => {
      draft.setOther('font-family', value);
      apply();
    },
  );
  find('#sizes').replaceChildren(
    ...SIZES.map(({ token, label, unit, least, most, step, usual }) => {
      const value = Number.parseFloat(draft.other(token)) || (draft.other(token) === '' ? usual : 0);
      const said = el('output', {}, `${String(value)}${unit}`);
      const box = el('input', { type: 'range', min: String(least), max: String(most), step: String(step), value: String(value) });
      box.addEventListener('input', () => {
        said.textContent = `${box.value}${unit}`;
        draft.setOther(token, `${box.value}${unit}`);
        apply();
      });
      return el('label', {}, label, said, box);
    }),
    font,
  );
}

function show(): void {
  root.style.colorScheme = wanted === '' ? 'light dark' : wanted;
  showColours();
  showSizes();
  apply();
}

async function begin(name: string): Promise<void> {
  const response = name === '' ? null : await fetch(`/assets/themes/${name}.css`);
  draft = new ThemeDraft(response?.ok ? await response.text() : '');
  const made = MADE_FOR[name];
  if (made !== undefined) schemes.querySelector('select')!.value = wanted = made as Scheme;
  show();
}

const schemes = choice(
  'Scheme',
  [
    ['', "The system's"],
    ['light', 'Light'],
    ['dark', 'Dark'],
  ],
  (value) => {
    wanted = value as Scheme | '';
    show();
  },
);
find('#frame').append(
  choice('Theme', THEMES, (name) => void begin(name)),
  schemes,
  choice(
    'Contrast',
    [
      ['usual', 'As usual'],
      ['more', 'More: who asks their system for it'],
    ],
    (value) => {
      layer = value as Layer;
      show();
    },
  ),
  ...surroundings(),
);
dark.addEventListener('change', show);
find('#copy').addEventListener('click', () => {
  navigator.clipboard.writeText(draft.css()).then(
    () => (find('#copied').textContent = 'Copied'),
    () => (find('#copied').textContent = 'The browser does not allow it here: select the text instead.'),
  );
});
show();

const as = personInAddress();
const api = new HostApi(as);
embedChat({ as, api });
const signedIn = await showSignedIn(api, as);
document.querySelector('parley-chat-panel')?.setAttribute('open', '');
const colleagues = (await api.people()).filter(({ id, tenant, chat }) => tenant === signedIn?.tenant && id !== as && chat === 'offered');
find('#people').append(...colleagues.slice(0, 6).map(({ id, name }) => el('li', {}, elementFor(id), name)));

function elementFor(user: string): HTMLElement {
  const badge = document.createElement('parley-presence-badge');
  badge.setAttribute('user', user);
  return badge;
}
