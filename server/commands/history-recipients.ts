import type { CommandPayload } from '#protocol';
import { LIMITS, ParleyError, emailAddress } from '#protocol';
import type { SharedStorage } from '../storage/acting.js';

type Asked = CommandPayload<'history:send'>['to'][number];

/** One mail: where it goes and how everybody in the conversation may read that. */
export interface Recipient {
  address: string;
  label: string;
}

/** Whom one entry of `to` means: its label, and the mails to send for it. */
interface Meant {
  label: string;
  mails: Recipient[];
}

/** Mails of one history. A larger group has an address of its own. */
const MOST_MAILS = 100;

/**
 * Looks up the addresses. A group without an address is written to by its members.
 *
 * @throws ParleyError NOT_FOUND for whom the directory does not have, INVALID for whom it has no address or too many.
 */
export async function findRecipients(
  storage: SharedStorage,
  tenant: string,
  to: readonly Asked[],
): Promise<{ labels: string[]; mails: Recipient[] }> {
  const meant: Meant[] = [];
  for (const asked of to) meant.push(await lookUp(storage, tenant, asked));
  const mails = new Map(meant.flatMap((one) => one.mails).map((mail) => [mail.address.toLowerCase(), mail]));
  if (mails.size > MOST_MAILS) throw new ParleyError('INVALID', `More than ${MOST_MAILS} addresses`);
  return { labels: [...new Set(meant.map(({ label }) => label))], mails: [...mails.values()] };
}

/** Whether the tenant lets a history go to this address: its whole domain is listed, or none is (attack 50). */
export function isAllowed(address: string, domains: readonly string[]): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return domains.length === 0 || domains.some((allowed) => allowed.toLowerCase() === domain);
}

async function lookUp(storage: SharedStorage, tenant: string, asked: Asked): Promise<Meant> {
  if ('email' in asked) return one(asked.email, asked.email);
  if ('user' in asked) {
    const [person] = await storage.people(tenant, [asked.user]);
    if (!person) throw new ParleyError('NOT_FOUND', 'Somebody named is not in the directory');
    return one(person.email, person.name);
  }
  if ('mailbox' in asked) {
    const [mailbox] = await storage.mailboxes(tenant, [asked.mailbox]);
    if (!mailbox) throw new ParleyError('NOT_FOUND', 'There is no such mailbox');
    return one(mailbox.email, mailbox.name);
  }
  const [group] = await storage.groups(tenant, [asked.group]);
  if (!group) throw new ParleyError('NOT_FOUND', 'There is no such group');
  if (group.email !== undefined) return one(group.email, group.name);
  const { people, next } = await storage.browsePeople(tenant, { group: asked.group, limit: LIMITS.browsePage });
  if (next !== null) throw new ParleyError('INVALID', `More than ${MOST_MAILS} addresses`);
  const mails = people.flatMap(({ email, name }) => (email === undefined ? [] : one(email, name).mails));
  if (mails.length === 0) throw new ParleyError('INVALID', 'There is no address');
  return { label: group.name, mails };
}

/** Addresses of the directory are checked once more: they go into the envelope of a mail. */
function one(address: string | undefined, label: string): Meant {
  if (address === undefined || !emailAddress.safeParse(address).success) throw new ParleyError('INVALID', 'There is no address');
  return { label, mails: [{ address, label }] };
}
