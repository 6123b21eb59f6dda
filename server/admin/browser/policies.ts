import { inWords } from './api.js';
import type { Api } from './api.js';
import { card, element, field } from './dom.js';

interface Policies {
  enabled: boolean;
  initiate: string;
  join: string;
  dnd: string;
  presence: string;
  visibleDays: number | null;
  export: { allowed: boolean; domains: string[] };
  previewText: boolean;
  notice: string;
  storedLabels: boolean;
}

/** A policy as a person sees it: its field, and what stands in it. */
interface Row {
  label: HTMLElement;
  read: () => Partial<Policies>;
}

const CHOICES = {
  initiate: ['Who may start conversations', { everyone: 'everyone', authorised: 'only who has the right' }],
  join: ['People added to a group', { direct: 'are in it at once', invite: 'are asked first' }],
  dnd: ['What is sent to who wants no disturbance', { hold: 'waits for them', block: 'is refused' }],
  presence: ['Presence is seen by', { open: 'everybody', consent: 'whom the person accepted' }],
} as const;
const SWITCHES = {
  enabled: 'Chat is on',
  previewText: 'Banners may show text, if the person wants it',
  storedLabels: 'Labels of links are kept',
} as const;

export function policiesCard(api: Api): HTMLElement {
  const { section, show, say } = card('Policies');
  const load = async () => {
    try {
      showForm(await api.ask<Policies>('GET', '/policies'));
    } catch (error) {
      say(inWords(error, 'parley:policies'), true);
    }
  };
  const showForm = (now: Policies) => {
    const rows = rowsOf(now);
    const save = async (event: Event) => {
      event.preventDefault();
      const wanted = rows.reduce<Partial<Policies>>((all, { read }) => ({ ...all, ...read() }), {});
      const changed = Object.entries(wanted).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(now[name as keyof Policies]),
      );
      if (changed.length === 0) return say('Nothing was changed.');
      try {
        showForm(await api.ask<Policies>('PUT', '/policies', Object.fromEntries(changed)));
        say('Saved. Everybody who is signed in acts by it at once.');
      } catch (error) {
        say(inWords(error, 'parley:policies'), true);
      }
    };
    const button = element('div', { class: 'buttons' }, element('button', { class: 'first' }, 'Save policies'));
    show(element('form', { submit: (event) => void save(event) }, ...rows.map(({ label }) => label), button));
  };
  void load();
  return section;
}

function rowsOf(now: Policies): Row[] {
  const days = element('input', { type: 'number', min: '1', max: '36500', value: now.visibleDays === null ? '' : String(now.visibleDays) });
  const domains = element('input', { value: now.export.domains.join(', '), spellcheck: 'false' });
  const allowed = element('input', { type: 'checkbox', checked: now.export.allowed });
  const notice = element('input', { value: now.notice });
  const listed = () =>
    domains.value
      .split(',')
      .map((domain) => domain.trim())
      .filter((domain) => domain !== '');
  return [
    ...Object.entries(SWITCHES).map(([name, label]) => switchRow(name, label, now[name as keyof typeof SWITCHES])),
    ...Object.entries(CHOICES).map(([name, [label, options]]) => choiceRow(name, label, options, now[name as keyof typeof CHOICES])),
    {
      label: field('Messages are shown for so many days', days, 'Empty: for ever. Older ones stay in the archive.'),
      read: () => ({ visibleDays: days.value === '' ? null : Number(days.value) }),
    },
    { label: field('Histories may be saved and sent by mail', allowed), read: () => ({}) },
    {
      label: field('Domains to which they may be sent', domains, 'Separated by commas. Empty: all.'),
      read: () => ({ export: { allowed: allowed.checked, domains: listed() } }),
    },
    { label: field('A line under every message field', notice), read: () => ({ notice: notice.value }) },
  ];
}

function switchRow(name: string, label: string, on: boolean): Row {
  const input = element('input', { type: 'checkbox', checked: on });
  return { label: field(label, input), read: () => ({ [name]: input.checked }) };
}

function choiceRow(name: string, label: string, options: Readonly<Record<string, string>>, value: string): Row {
  const select = element(
    'select',
    {},
    ...Object.entries(options).map(([option, words]) => element('option', { value: option, selected: option === value }, words)),
  );
  return { label: field(label, select), read: () => ({ [name]: select.value }) };
}
