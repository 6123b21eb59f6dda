import { randomUUID } from 'node:crypto';
import { ParleyError } from '#protocol';
import type { CommandPayload } from '#protocol';
import { HistoryText } from '../domain/history-text.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import type { OutgoingHistory } from '../storage/history-storage.js';
import { refusal } from './context.js';
import type { Caller, CommandContext, Handler } from './context.js';
import { historyFacts, historyPage } from './history-pages.js';
import { findRecipients, isAllowed } from './history-recipients.js';

/** Queues the mails and tells everybody in the conversation (B18-B21). */
export const sendHistory: Handler<'history:send'> = async (context, caller, { conversation, cid, ...asked }) => {
  const { storage, publisher, histories } = context;
  const { tenant, user } = caller;
  // Whatever stands in the way now may not have when this was asked for the first time (SPEC C3): only the storage knows.
  const outgoing = await prepare(context, caller, asked).catch(codedOnly);
  const withheld = outgoing instanceof ParleyError;
  const sent = await storage
    .inNameOf(caller)
    .sendHistory({ tenant, author: user, conversation, cid, asked, outgoing: withheld ? null : outgoing });
  switch (sent.status) {
    case 'appended':
      publisher.entryAdded(tenant, sent.entry);
      histories.wake();
      return { seq: sent.seq };
    case 'duplicate':
      return { seq: sent.seq };
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'refused': {
      const refused = refusal('history:send', sent);
      await tellRefused(context, caller, conversation, refused);
      throw refused;
    }
    case 'withheld':
      if (!withheld) throw new Error('mails that may leave were withheld');
      if (outgoing.code === 'EXPORT_FORBIDDEN') await tellRefused(context, caller, conversation, outgoing);
      throw outgoing;
  }
};

type Asked = Omit<CommandPayload<'history:send'>, 'conversation' | 'cid'>;

/** @throws ParleyError where the tenant, this server or the directory lets no mail leave for there. */
async function prepare(
  { storage, histories }: CommandContext,
  { tenant, policies }: Caller,
  { to, language = 'en', timeZone = 'UTC' }: Asked,
): Promise<OutgoingHistory> {
  if (!policies.export.allowed) throw new ParleyError('EXPORT_FORBIDDEN');
  const due = histories.due();
  if (due === null) throw new ParleyError('UNAVAILABLE', 'This server sends no mail');
  const { labels, mails } = await findRecipients(storage, tenant, to);
  if (!mails.every(({ address }) => isAllowed(address, policies.export.domains))) throw new ParleyError('EXPORT_FORBIDDEN');
  return { to: labels, mails: mails.map((mail) => ({ ...mail, messageId: randomUUID() })), language, timeZone, due };
}

function codedOnly(error: unknown): ParleyError {
  if (error instanceof ParleyError) return error;
  throw error;
}

/** The history as text, a page at a time; the first one begins with what it is a history of. */
export const historyText: Handler<'history:text'> = async (context, caller, { conversation, after, language, timeZone }) => {
  const { tenant, user } = caller;
  if (!caller.policies.export.allowed) {
    const refused = new ParleyError('EXPORT_FORBIDDEN');
    await tellRefused(context, caller, conversation, refused);
    throw refused;
  }
  const text = new HistoryText({ language, timeZone });
  const view = { tenant, user, conversation };
  const page = await historyPage(context.storage, view, after ?? 0, text);
  const facts = after === undefined ? await historyFacts(context.storage, view, Date.now()) : undefined;
  if (!page || facts === null) {
    const refused = new ParleyError('NOT_FOUND');
    await tellRefused(context, caller, conversation, refused);
    throw refused;
  }
  return { text: (facts ? text.head(facts) : '') + page.lines.map((line) => line.text).join(''), next: page.next };
};

/** Written down whether or not there is such a conversation, so that the time of the answer tells nobody which it is (attacks 38, 50). */
async function tellRefused(
  { histories, storage }: CommandContext,
  { tenant, user, device }: Caller,
  conversation: string,
  { code }: ParleyError,
): Promise<void> {
  if (code === 'EXPORT_FORBIDDEN') histories.refused({ tenant, user, device });
  await storage.audit(tenant, {
    act: AUDIT_ACTS.historyRefused,
    by: { kind: 'user', id: user },
    subject: { conversation },
    facts: { code },
  });
}
