import type { Entry } from '#protocol';
import { verdict } from '../../domain/permissions.js';
import { lastVisible, visibleTo } from '../../domain/visibility.js';
import type { HistorySent, MailJob, MailOutcome, NewHistory } from '../history-storage.js';
import { readMembership } from './intervals.js';
import { findEarlier, findHeld, findPlace } from './membership-changes.js';
import type { EntryDraft, LogPosition, WriteContext } from './membership-changes.js';
import { STRANGER, circumstances } from './place.js';

/** Announces a history and queues its mails; see `Storage.sendHistory`. */
export async function sendHistory(context: WriteContext, input: NewHistory): Promise<HistorySent> {
  const { tenant, author, cid, conversation, asked, outgoing } = input;
  const place = await findPlace(context, tenant, author, conversation);
  const visible = place?.intervals ? visibleTo(readMembership(place.intervals), place.head) : [];
  if (!place || visible.length === 0) return STRANGER;
  const request = { kind: 'history-sent', ...asked };
  const known = (seq: number): number => (place.joined === null ? lastVisible(visible) : seq);
  const earlier = await findEarlier(context, tenant, place.id, author, cid, request);
  if (earlier) return earlier.equal ? { status: 'duplicate', seq: known(earlier.row.seq) } : { status: 'conflict' };
  // Who has left may want not to be disturbed too, and their membership does not say so.
  const dnd = (await findHeld(context, tenant, [author])).size > 0;
  const now = { ...circumstances(place, author), dnd };
  if (verdict('history:send', now) !== 'allow') return { status: 'refused', ...now };
  if (!outgoing) return { status: 'withheld' };
  const { to, mails, language, timeZone, due } = outgoing;
  const log = { id: place.id, tenant, uuid: conversation, head: place.head, chain: place.chain, updatedAt: place.updated_at };
  const entry = await write(context, log, { author, cid, body: { kind: 'history-sent', to: [...to] }, request });
  for (const { address, label, messageId } of mails) {
    await context.db
      .insertInto('mail_jobs')
      .values({
        tenant,
        conversation: place.id,
        sender: author,
        before: entry.seq,
        address,
        label,
        language,
        time_zone: timeZone,
        message_id: messageId,
        attempts: 0,
        made_at: due,
        due_at: due,
      })
      .execute();
  }
  return { status: 'appended', entry, seq: known(entry.seq) };
}

/** See `Storage.takeMail`. */
export async function takeMail(
  { db, locks }: WriteContext,
  now: number,
  until: number,
  limit: number,
): Promise<{ jobs: MailJob[]; next: number | null }> {
  const rows = await db
    .selectFrom('mail_jobs as j')
    .innerJoin('conversations as c', (join) => join.onRef('c.id', '=', 'j.conversation').onRef('c.tenant', '=', 'j.tenant'))
    .selectAll('j')
    .select('c.uuid')
    .where('j.due_at', '<=', now)
    .orderBy('j.due_at')
    .orderBy('j.id')
    .limit(limit)
    // What another node takes at this moment is not taken twice, and nobody waits for it.
    .$if(locks !== undefined, (query) => query.forUpdate('j').skipLocked())
    .execute();
  for (const { id, attempts } of rows) {
    await db
      .updateTable('mail_jobs')
      .set({ due_at: until, attempts: attempts + 1 })
      .where('id', '=', id)
      .execute();
  }
  const next = await db.selectFrom('mail_jobs').select('due_at').orderBy('due_at').limit(1).executeTakeFirst();
  const jobs = rows.map((row) => ({
    id: String(row.id),
    tenant: row.tenant,
    conversation: row.uuid,
    sender: row.sender,
    before: row.before,
    address: row.address,
    label: row.label,
    language: row.language,
    timeZone: row.time_zone,
    messageId: row.message_id,
    attempts: row.attempts + 1,
    madeAt: row.made_at,
  }));
  return { jobs, next: next?.due_at ?? null };
}

/** See `Storage.settleMail`. */
export async function settleMail(context: WriteContext, job: string, outcome: MailOutcome): Promise<Entry | null> {
  const { db } = context;
  const id = Number(job);
  if (outcome.status === 'again') {
    await db.updateTable('mail_jobs').set({ due_at: outcome.due }).where('id', '=', id).execute();
    return null;
  }
  const [settled] = await db
    .deleteFrom('mail_jobs')
    .where('id', '=', id)
    .returning(['tenant', 'conversation', 'sender', 'label'])
    .execute();
  if (!settled || outcome.status === 'sent') return null;
  const place = await db
    .selectFrom('conversations')
    .select(['id', 'uuid', 'head', 'chain', 'updated_at'])
    .where('tenant', '=', settled.tenant)
    .where('id', '=', settled.conversation)
    .$if(context.locks !== undefined, (query) => query.forNoKeyUpdate())
    .executeTakeFirstOrThrow();
  const log = { ...place, tenant: settled.tenant, updatedAt: place.updated_at };
  const body = { kind: 'history-failed' as const, to: settled.label, reason: outcome.reason };
  return write(context, log, { author: settled.sender, cid: outcome.cid, body });
}

async function write(context: WriteContext, log: LogPosition, draft: EntryDraft): Promise<Entry> {
  const written = await context.write(log, draft);
  if (!written) throw new Error('the cid was free a moment ago, in the same transaction');
  const { author, cid, body } = draft;
  return { conversation: log.uuid, seq: written.seq, cid, author, at: written.at, body };
}
