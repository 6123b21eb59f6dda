import type { DirectoryHits, HistoryRecipient } from '#sdk';
import type { IconName } from '../internal/more-icons.js';
import type { Localisation } from '../internal/localisation.js';
import type { MessageKey } from '../internal/messages/en.js';
import { oneLine } from '../internal/names.js';

/** Somebody whom a history can be sent to: found in the directory, or an address that was typed (B19). */
export interface Recipient {
  /** The same for the same recipient. */
  key: string;
  to: HistoryRecipient;
  name: string;
  kind: 'person' | 'group' | 'mailbox' | 'email';
  /** A few words that tell them from others of this name. */
  detail: string;
  /** The directory has no address for them. */
  unreachable: boolean;
}

export const KIND_WORDS = {
  person: 'historyKindPerson',
  group: 'historyKindGroup',
  mailbox: 'historyKindMailbox',
  email: 'historyKindEmail',
} as const satisfies Record<Recipient['kind'], MessageKey>;

export const KIND_ICONS = { person: 'person', group: 'group', mailbox: 'mail', email: 'mail' } as const satisfies Record<
  Recipient['kind'],
  IconName
>;

/** Whole enough to be sent to; whether it exists is for the mail server to say. */
const ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

function words(...parts: (string | undefined)[]): string {
  return parts
    .map((part) => oneLine(part ?? ''))
    .filter((part) => part !== '')
    .join(', ');
}

export function typedAddress(text: string, { text: say }: Localisation): Recipient[] {
  const email = text.trim();
  if (!ADDRESS.test(email)) return [];
  return [
    {
      key: `email ${email.toLowerCase()}`,
      to: { email },
      name: email,
      kind: 'email',
      detail: say('historyEmailOption'),
      unreachable: false,
    },
  ];
}

/** People first, as one mostly looks for them; each with what the directory says about them. */
export function recipientsOf({ people, groups, mailboxes }: DirectoryHits): Recipient[] {
  return [
    ...people.map(({ id, name, title, organisation, email }): Recipient => ({
      key: `user ${id}`,
      to: { user: id },
      name: oneLine(name),
      kind: 'person',
      detail: words(title, organisation, email),
      unreachable: email === undefined,
    })),
    ...groups.map(({ id, name, email }): Recipient => ({
      key: `group ${id}`,
      to: { group: id },
      name: oneLine(name),
      kind: 'group',
      detail: words(email),
      unreachable: false,
    })),
    ...mailboxes.map(({ id, name, email }): Recipient => ({
      key: `mailbox ${id}`,
      to: { mailbox: id },
      name: oneLine(name),
      kind: 'mailbox',
      detail: email,
      unreachable: false,
    })),
  ];
}

/** Whether the tenant's policy lets a typed address be sent to; without a list of domains it does. Subdomains are other domains. */
export function admitted({ to }: Recipient, domains: readonly string[]): boolean {
  if (!('email' in to) || domains.length === 0) return true;
  const domain = to.email.slice(to.email.lastIndexOf('@') + 1).toLowerCase();
  return domains.some((allowed) => allowed.toLowerCase() === domain);
}
