import { el, find } from './element.js';
import type { DemoPolicies, HostApi } from './host-api.js';
import { icon } from './icon.js';

/** A rule with a few choices; what is sent for each of them. */
interface Choice {
  name: string;
  options: readonly { text: string; change: Partial<DemoPolicies> }[];
  /** Which of the options holds. */
  chosen: (policies: DemoPolicies) => number;
}

const DAYS = [null, 1, 30] as const;
const CHOICES: readonly Choice[] = [
  {
    name: 'Chat',
    options: [
      { text: 'on', change: { enabled: true } },
      { text: 'off', change: { enabled: false } },
    ],
    chosen: ({ enabled }) => (enabled ? 0 : 1),
  },
  {
    name: 'Who is added to a group',
    options: [
      { text: 'is in at once', change: { join: 'direct' } },
      { text: 'is invited and joins', change: { join: 'invite' } },
    ],
    chosen: ({ join }) => (join === 'direct' ? 0 : 1),
  },
  {
    name: 'Who may start a chat',
    options: [
      { text: 'everyone', change: { initiate: 'everyone' } },
      { text: 'those authorised', change: { initiate: 'authorised' } },
    ],
    chosen: ({ initiate }) => (initiate === 'everyone' ? 0 : 1),
  },
  {
    name: 'Do not disturb',
    options: [
      { text: 'holds messages', change: { dnd: 'hold' } },
      { text: 'refuses messages', change: { dnd: 'block' } },
    ],
    chosen: ({ dnd }) => (dnd === 'hold' ? 0 : 1),
  },
  {
    name: 'Presence is seen',
    options: [
      { text: 'by everyone', change: { presence: 'open' } },
      { text: 'with consent', change: { presence: 'consent' } },
    ],
    chosen: ({ presence }) => (presence === 'open' ? 0 : 1),
  },
  {
    name: 'Messages are shown',
    options: DAYS.map((days) => ({
      text: days === null ? 'for ever' : days === 1 ? 'for a day' : `for ${String(days)} days`,
      change: { visibleDays: days },
    })),
    chosen: ({ visibleDays }) => (DAYS as readonly (number | null)[]).indexOf(visibleDays),
  },
];

/**
 * The host's own switch for its administration, which a real product has on a page of its own: the tenant's rules, changed for
 * everybody at once. The host's back end asks Parley; the page has no right to.
 */
export function showPolicies(api: HostApi): void {
  const place = find('#policies') as HTMLDetailsElement;
  const form = el('div', { class: 'policy-form' });
  const said = el('p', { class: 'policy-said', role: 'status' });
  place.classList.add('policies');
  place.replaceChildren(
    el('summary', { 'aria-label': 'Tenant policies' }, icon('rules'), el('span', {}, 'Policies')),
    el('div', { class: 'policy-sheet' }, form, said),
  );

  const attempt = async (ask: () => Promise<DemoPolicies>, done = '') => {
    try {
      const policies = await ask();
      const at = [...form.querySelectorAll('select, input, button')].indexOf(document.activeElement as Element);
      form.replaceChildren(...controls(policies, change, reset));
      form.querySelectorAll<HTMLElement>('select, input, button')[at]?.focus();
      said.textContent = done;
    } catch (cause) {
      said.textContent = cause instanceof Error ? cause.message : 'That did not work';
    }
  };
  const change = (wanted: Partial<DemoPolicies>) => void attempt(() => api.changePolicies(wanted), 'Changed for everybody of the tenant.');
  const reset = () => void attempt(() => api.resetPolicies(), 'As at the start of the demo.');

  place.addEventListener('toggle', () => {
    if (place.open) void attempt(() => api.policies());
  });
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !place.open) return;
    event.stopPropagation();
    place.open = false;
    place.querySelector('summary')?.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (place.open && event.target instanceof Node && !place.contains(event.target)) place.open = false;
  });
}

function controls(policies: DemoPolicies, change: (wanted: Partial<DemoPolicies>) => void, reset: () => void): HTMLElement[] {
  return [
    ...CHOICES.map((choice) => select(choice, policies, change)),
    ...exportControls(policies.export, change),
    line('Notice in the panel', policies.notice ?? '', 'none', (notice) => change({ notice })),
    el('button', { type: 'button', onclick: reset }, 'As at the start'),
  ];
}

function select({ name, options, chosen }: Choice, policies: DemoPolicies, change: (wanted: Partial<DemoPolicies>) => void): HTMLElement {
  const box = el('select', {}, ...options.map(({ text }, index) => el('option', { value: String(index) }, text)));
  box.selectedIndex = chosen(policies);
  box.addEventListener('change', () => {
    const option = options[box.selectedIndex];
    if (option) change(option.change);
  });
  return el('label', {}, name, box);
}

function exportControls(current: DemoPolicies['export'], change: (wanted: Partial<DemoPolicies>) => void): HTMLElement[] {
  const options = [
    { text: 'may be sent', change: { export: { ...current, allowed: true } } },
    { text: 'stays here', change: { export: { ...current, allowed: false } } },
  ];
  const allowed: Choice = { name: 'History', options, chosen: (policies) => (policies.export.allowed ? 0 : 1) };
  const domains = line('to addresses at', current.domains.join(', '), 'any', (text) =>
    change({ export: { ...current, domains: text.split(/[\s,]+/).filter(Boolean) } }),
  );
  return [select(allowed, { export: current } as DemoPolicies, change), domains];
}

/** One line of text, sent when it is left or Enter is pressed. */
function line(name: string, value: string, placeholder: string, done: (text: string) => void): HTMLElement {
  const box = el('input', { type: 'text', value, placeholder });
  box.addEventListener('change', () => done(box.value.trim()));
  return el('label', {}, name, box);
}
