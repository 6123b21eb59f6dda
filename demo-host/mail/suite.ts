import type { Parley } from 'parley-chat';
import { embedChat } from '../page/chat.js';
import type { Chat, Own } from '../page/chat.js';
import { el, find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson } from '../page/host-api.js';
import { showPolicies } from '../page/policies.js';
import { personInAddress, showSignedIn } from '../page/signed-in.js';

export interface Suite {
  api: HostApi;
  as: string;
  chat: Chat;
  /** Null when the address names nobody. */
  person: DemoPerson | null;
  people: DemoPerson[];
}

/** What every page of the suite does: the bar, who is signed in, the chat. Each is a page of its own, and the chat goes on (B1). */
export async function openSuite(page: string, own?: Omit<Own, 'kind'>): Promise<Suite> {
  const as = personInAddress('clara');
  const api = new HostApi(as);
  // Where no mail is open, mails are still what the suite links; one in a chat opens on the page for mails.
  const elsewhere = {
    current: () => null,
    open: (id: string) => location.assign(`/mail?as=${as}&chat=open&mail=${encodeURIComponent(id)}`),
  };
  const chat = embedChat({ as, api, own: { kind: 'mail', ...(own ?? elsewhere) } });
  keepLinksCurrent(page, as);
  showPolicies(api);
  const isClerk = ({ host }: DemoPerson) => host === 'mail';
  const person = await showSignedIn(api, as, isClerk);
  return { api, as, chat, person, people: (await api.people()).filter(isClerk) };
}

/** The links say who is signed in, and whether and where the chat was open, so that the next page shows it as it was. */
function keepLinksCurrent(page: string, as: string): void {
  const links = document.querySelectorAll<HTMLAnchorElement>('.suite nav a');
  const panel = document.querySelector('parley-chat-panel');
  let conversation: string | null = null;
  const write = () => {
    for (const link of links) {
      const url = new URL(link.href);
      url.search = new URLSearchParams({ as, ...(panel?.hasAttribute('open') ? { chat: conversation ?? 'open' } : {}) }).toString();
      link.href = url.href;
      if (link.dataset['page'] === page) link.setAttribute('aria-current', 'page');
    }
  };
  write();
  for (const type of ['parley-panel-open', 'parley-panel-close']) document.addEventListener(type, write);
  void customElements.whenDefined('parley-session').then(() => {
    const client = document.querySelector<HTMLElement & { client?: Parley | null }>('parley-session')?.client;
    const asked = new URLSearchParams(location.search).get('chat');
    client?.session$.subscribe((session) => {
      if (session === null) return;
      if (asked !== null && asked !== 'open') session.open(asked);
      session.open$.subscribe((open) => {
        conversation = open;
        write();
      });
    });
  });
}

/** Two letters on a colour that is always the same for a name. */
export function initials(name: string): HTMLElement {
  const letters = name
    .replace(/^Dr /, '')
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .filter((letter) => /\p{L}/u.test(letter));
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return el(
    'span',
    { class: `initials tone-${String(sum % 5)}`, 'aria-hidden': 'true' },
    `${letters[0] ?? '?'}${letters[letters.length - 1] ?? ''}`,
  );
}

/** The presence of somebody of the house; nothing for others. */
export function badge(person: DemoPerson | undefined): HTMLElement | null {
  return person ? el('parley-presence-badge' as 'span', { user: person.id, name: person.name }) : null;
}

export function say(text: string): void {
  find('#content').replaceChildren(el('p', { class: 'blank quiet' }, text));
}
