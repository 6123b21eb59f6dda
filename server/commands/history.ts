import { randomUUID } from 'node:crypto';
import { ParleyError } from '#protocol';
import { HistoryText } from '../domain/history-text.js';
import { refusal } from './context.js';
import type { Caller, CommandContext, Handler } from './context.js';
import { historyFacts, historyPage } from './history-pages.js';
import { findRecipients, isAllowed } from './history-recipients.js';

/** Queues the mails and tells everybody in the conversation (B18-B21). */
export const sendHistory: Handler<'history:send'> = async (context, caller, { conversation, cid, to, language, timeZone }) => {
  const { storage, publisher, histories } = context;
  const { tenant, user } = caller;
  requireExport(context, caller);
  const due = histories.due();
  if (due === null) throw new ParleyError('UNAVAILABLE', 'This server sends no mail');
  const { labels, mails } = await findRecipients(storage, tenant, to);
  if (!mails.every(({ address }) => isAllowed(address, caller.policies.export.domains))) throw forbidden(context, caller);
  const sent = await storage.sendHistory({
    tenant,
    author: user,
    conversation,
    cid,
    to: labels,
    mails: mails.map((mail) => ({ ...mail, messageId: randomUUID() })),
    language: language ?? 'en',
    timeZone: timeZone ?? 'UTC',
    due,
  });
  switch (sent.status) {
    case 'appended':
      publisher.entryAdded(tenant, sent.entry);
      histories.wake();
      return { seq: sent.seq };
    case 'duplicate':
      return { seq: sent.seq };
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'refused':
      throw refusal('history:send', sent);
  }
};

/** The history as text, a page at a time; the first one begins with what it is a history of. */
export const historyText: Handler<'history:text'> = async (context, caller, { conversation, after, language, timeZone }) => {
  const { tenant, user } = caller;
  requireExport(context, caller);
  const text = new HistoryText({ language, timeZone });
  const view = { tenant, user, conversation };
  const page = await historyPage(context.storage, view, after ?? 0, text);
  const facts = after === undefined ? await historyFacts(context.storage, view, Date.now()) : undefined;
  if (!page || facts === null) throw new ParleyError('NOT_FOUND');
  return { text: (facts ? text.head(facts) : '') + page.lines.map((line) => line.text).join(''), next: page.next };
};

function requireExport(context: CommandContext, caller: Caller): void {
  if (!caller.policies.export.allowed) throw forbidden(context, caller);
}

function forbidden({ histories }: CommandContext, { tenant, user, device }: Caller): ParleyError {
  histories.refused({ tenant, user, device });
  return new ParleyError('EXPORT_FORBIDDEN');
}
