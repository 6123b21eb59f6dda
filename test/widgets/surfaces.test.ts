import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { of } from 'rxjs';
import '#widgets';
import '../../widgets/inside.js';
import { ChatPeople } from '../../widgets/chat-people/chat-people.js';
import { ContactsElement } from '../../widgets/contacts/contacts.js';
import { Invitations } from '../../widgets/invitations/invitations.js';
import { localisationOf } from '../../widgets/internal/localisation.js';
import { messages as german } from '../../widgets/locales/de.js';
import { type Member, type Person } from '#sdk';
import { StatusMenu } from '../../widgets/status-menu/status-menu.js';
import { contacts, GROUP, NIGHT, openMenu } from './support/contacts-stage.js';
import { clear, deep, html, must, settled, show, until } from './support/page.js';
import { panel } from './support/panel-page.js';
import { lena, mark, NOON, type Stage, stage } from './support/panel-stage.js';
import { chat, standIn } from './support/stand-in.js';
import { clean, cutOff, shownIn, tooWide } from './support/sweep.js';
import { define } from '../../widgets/internal/define.js';

define(StatusMenu);
define(ChatPeople);
define(ContactsElement);
define(Invitations);

/*
 * Everything that is shown besides dialogs, in each language at 320 px: words are longer elsewhere, and begin at the other side. What keys do
 * there is tested with each element.
 */
const LONG = 'Radiology-emergency-department-on-call-coordination-2026';
const group = chat('g', {
  kind: 'group',
  title: LONG,
  members: ['anna', 'mark', 'lena'],
  memberCount: 3,
  initiator: 'anna',
  head: 3,
  unread: 2,
});
const members: Member[] = [
  { user: 'anna', active: true, marks: { delivered: 3, read: 3 } },
  { user: 'mark', active: true, marks: { delivered: 1, read: 1 }, held: true },
  { user: 'lena', active: false, marks: { delivered: 0, read: 0 }, invited: true },
];

/** In a panel of this width. */
async function conversation(width: number, prepare: (made: Stage) => void = () => undefined): Promise<HTMLElement> {
  const made = stage();
  made.members.next(members);
  const log = made.timeline('g');
  log.add(
    log.item(1, 'anna', { kind: 'started', users: ['anna', 'mark'], invited: ['lena'], title: LONG }),
    log.item(2, 'mark', { kind: 'renamed', title: LONG, description: LONG }),
    log.item(3, 'mark', { kind: 'history-failed', to: 'ward@clinic.example', reason: 'refused' }),
    log.item(4, 'anna', `agreed ${LONG}`),
  );
  prepare(made);
  const { body } = await panel(width, { chats: [group, chat('d', { members: ['anna', 'lena'], ended: true })], made });
  made.session.open('g');
  await until(() => deep(body.shadowRoot!, 'parley-composer') !== null, 'the chat is open');
  return body;
}

const policies = (made: Stage, change: object): void => {
  const { value } = made.session.info$;
  made.session.info$.next({ ...value, policies: { ...value.policies, ...change } });
};

const SURFACES: Record<string, () => Promise<HTMLElement>> = {
  contacts: async () => {
    const { element } = await contacts({
      contacts: {
        contacts: [
          { user: 'mark', state: 'accepted' },
          { user: 'nora', state: 'requested' },
        ],
        requests: [{ user: 'sofia', at: NOON }],
        groups: [{ ...GROUP, name: LONG }, NIGHT],
      },
      presence: 'consent',
      showOffline: true,
      presences: { mark: { availability: 'busy', message: LONG } },
    });
    return element;
  },
  'the menu of a contact': async () => {
    const { element } = await contacts({
      contacts: { contacts: [{ user: 'mark', state: 'accepted' }], groups: [GROUP] },
      showOffline: true,
    });
    await openMenu(element, 'Mark Lee');
    return element;
  },
  'the list': async () =>
    (await panel(320, { chats: [group, chat('e', { ended: true }), chat('l', { active: false, kind: 'group' })] })).body,
  'a conversation': () => conversation(320),
  'a conversation, not to be disturbed': () => conversation(320, (made) => made.session.own$.next({ availability: 'dnd', message: '' })),
  'a conversation with a notice, a draft and links': () =>
    conversation(320, (made) => {
      policies(made, { notice: LONG });
      made.session.drafts.update('g', { text: LONG, links: [{ kind: 'study', id: '1' }] });
    }),
  'list, tabs, conversation and what is about it': async () => {
    await setViewport({ width: 1_280, height: 720 });
    const body = await conversation(1_280);
    await until(() => deep(body.shadowRoot!, 'parley-chat-details') !== null, 'the third pane is there');
    return body;
  },
  'who is in': async () => {
    const client = standIn();
    client.session!.conversations.members$ = () => of(members);
    const place = show(html`<parley-chat-people .client=${client} .conversation=${group}></parley-chat-people>`);
    await settled(must(place, 'parley-chat-people'));
    return must(place, 'parley-chat-people');
  },
  'the question before a chat is ended': async () => {
    const people = await SURFACES['who is in']!();
    must(people.shadowRoot!, '.menu-item.end').click();
    await settled(people);
    return people;
  },
  invitations: async () => {
    const client = standIn();
    Object.assign(client.session!.invitations, {
      list$: of([{ conversation: 'c9', inviter: 'mark', title: LONG, memberCount: 3, at: NOON }]),
    });
    const place = show(html`<parley-invitations .client=${client}></parley-invitations>`);
    await until(() => deep(place, 'li') !== null, 'it is there');
    return must(place, 'parley-invitations');
  },
  'predefined messages': async () => {
    const body = await conversation(320, (made) => {
      const { value } = made.session.info$;
      made.session.info$.next({ ...value, predefined: [{ id: '018f4e9c-5a1b-7c3d-8e4f-0123456789ab', text: LONG }] });
    });
    must(body.shadowRoot!, 'button.predefined').click();
    await until(() => deep(body.shadowRoot!, '.predefined-menu:popover-open') !== null, 'the menu is open');
    // What the menu covers is no target meanwhile.
    return must(body.shadowRoot!, '.predefined-menu');
  },
  'banner and launcher': async () => {
    const client = standIn();
    client.session!.unread$.next(7);
    const place = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-launcher></parley-launcher>
      <parley-banner></parley-banner>
      <parley-chat-panel></parley-chat-panel>
    `);
    const at = { from: 'mark', at: NOON };
    client.session!.pending$.next([
      { id: 'a', type: 'message', conversation: 'a', ...at },
      { id: 'b', type: 'invitation', conversation: 'b', ...at },
      ...['c', 'd', 'e'].map((id) => ({ id, type: 'message' as const, conversation: id, ...at })),
    ]);
    const banner = must(place, 'parley-banner');
    await until(() => deep(banner.shadowRoot!, '[part="banner"]') !== null, 'it is shown');
    return place;
  },
  'the people of a record': async () => {
    const client = standIn();
    const people: Person[] = [mark, { ...lena, organisation: LONG }];
    for (const person of people) client.session!.people.set(person.id, person);
    const place = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-people .users=${['mark', 'lena', 'anna']} heading=${LONG}></parley-people>
    `);
    await until(() => deep(must(place, 'parley-people').shadowRoot!, 'table') !== null, 'the table is there');
    return must(place, 'parley-people');
  },
  'the own status': async () => {
    const place = show(html`<parley-status-menu .client=${standIn()}></parley-status-menu>`);
    const menu = must(place, 'parley-status-menu');
    await settled(menu);
    must(menu.shadowRoot!, '.own').click();
    await until(() => deep(menu.shadowRoot!, '.menu:popover-open') !== null, 'it is open');
    return menu;
  },
};

/** English that is left although the words are there. Names and what people wrote do not count. */
const ENGLISH = /\b(the|you|your|with|not|this|people|send|chat was|add|remove|show|search)\b/i;

/** Whole texts of the English tables that say something else in this language. Some words are the same in both, perhaps in another place. */
function untranslated(language: string): Set<string> {
  const texts = (tag: string): string[] => Object.keys(german).map((key) => (localisationOf(tag).text as (key: string) => string)(key));
  const own = new Set(texts(language));
  return new Set(texts('en').filter((text) => !own.has(text)));
}

function english(root: HTMLElement, language: string): string[] {
  const left = untranslated(language);
  return shownIn(root.shadowRoot ?? root)
    .filter((one) => !one.matches('.text, [part="text"], style'))
    .flatMap((one) => [
      ...[...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? ''),
      one.getAttribute('aria-label') ?? '',
      one.getAttribute('title') ?? '',
      one.getAttribute('placeholder') ?? '',
    ])
    .filter((said) => ENGLISH.test(said.replace(/agreed.*/, '')) || left.has(said.trim()));
}

describe('every surface', () => {
  beforeEach(async () => setViewport({ width: 320, height: 640 }));
  after(async () => setViewport({ width: 800, height: 600 }));
  afterEach(() => {
    clear();
    document.documentElement.removeAttribute('lang');
  });

  for (const language of ['en', 'de', 'fr', 'es', 'ar']) {
    for (const [name, reach] of Object.entries(SURFACES)) {
      it(`[pain 14] ${name}, ${language}: no violation, nothing hangs out, is cut off or is left in English`, async () => {
        document.documentElement.lang = language;
        await until(() => language === 'en' || localisationOf(language).text('away') !== 'Away', 'the words have come');
        const surface = await reach();
        await clean(surface, name);
        expect(tooWide(surface.shadowRoot ?? surface)).to.deep.equal([]);
        expect(cutOff(surface.shadowRoot ?? surface)).to.deep.equal([]);
        if (language !== 'en') expect(english(surface, language)).to.deep.equal([]);
      });
    }
  }
});
