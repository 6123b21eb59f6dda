import { createHash } from 'node:crypto';
import { historyFacts, historyPage } from '../../commands/history-pages.js';
import { isAllowed } from '../../commands/history-recipients.js';
import { HistoryText } from '../../domain/history-text.js';
import type { TenantPolicies } from '../../domain/policies.js';
import type { MailJob } from '../../storage/history-storage.js';
import type { Storage } from '../../storage/storage.js';
import type { Mail } from './smtp.js';

/**
 * Asked at each attempt, because a mail may wait for a day: what holds now decides and not what held when it was asked for. Nothing leaves
 * for a sender who was deactivated or a tenant that is switched off (E1), nor for where the tenant lets nothing go (attack 50).
 */
export async function mayLeave(storage: Storage, { tenant, sender, address }: MailJob, now: TenantPolicies): Promise<boolean> {
  if (!now.enabled || !now.export.allowed || !isAllowed(address, now.export.domains)) return false;
  const [record] = await storage.personRecords(tenant, [sender]);
  return record?.active === true;
}

/** Bytes of text at most: with its encoding it stays below the 10 MB that mail servers commonly take. */
const MAIL_BYTES = 5_000_000;

/**
 * The mail of a job, with what its sender may see now of what was there when they sent it (B17, B21). Null when that is nothing, as for
 * somebody who was removed meanwhile.
 */
export async function composeHistory(storage: Storage, job: MailJob, from: string, now: number, most = MAIL_BYTES): Promise<Mail | null> {
  const view = { tenant: job.tenant, user: job.sender, conversation: job.conversation, before: job.before };
  const facts = await historyFacts(storage, view, now);
  if (!facts?.period) return null;
  const text = new HistoryText(job);
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const [sender] = await storage.people(job.tenant, [job.sender]);
  return {
    from: { name: facts.sender, address: from },
    replyTo: sender?.email === undefined ? undefined : { name: facts.sender, address: sender.email },
    to: { name: job.label, address: job.address },
    subject: text.subject(facts),
    text: await wholeText(storage, view, text, text.head(facts), most),
    messageId: `<${job.messageId}@${domain}>`,
    thread: `<${createHash('sha256').update(`${job.tenant}/${job.conversation}`).digest('hex').slice(0, 32)}@${domain}>`,
    date: new Date(now),
  };
}

/** Page by page up to the end, or to the last entry that a mail has room for, which is said then. */
async function wholeText(
  storage: Storage,
  view: Parameters<typeof historyPage>[1],
  text: HistoryText,
  head: string,
  most: number,
): Promise<string> {
  const parts = [head];
  let bytes = Buffer.byteLength(head);
  let last = 0;
  for (let after: number | null = 0; after !== null;) {
    const page = await historyPage(storage, view, after, text);
    if (!page) break;
    for (const line of page.lines) {
      bytes += Buffer.byteLength(line.text);
      if (bytes > most) return parts.join('') + text.cut(last);
      parts.push(line.text);
      last = line.at;
    }
    after = page.next;
  }
  return parts.join('');
}
