import { ParleyError } from '#protocol';
import type { CommandName, Entry } from '#protocol';
import type { AuditedCommand } from '../domain/permissions.js';
import { answers, entryWords, messageQuery } from '../domain/message-words.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import type { Caller, CommandContext, Handler } from './context.js';

/** Entries that one search of an auditor looks through: it has no index of its own, and goes on from `next`. */
const LOOKED_THROUGH = 4_000;
const PAGE = 200;

/**
 * What an auditor gets (column AU of the matrix): any conversation of the tenant, and each reading is written down before it is answered.
 * Where that cannot be written, nothing is answered. They have no list and no state, because they are in nothing.
 */
export const auditorHandlers: { readonly [N in AuditedCommand]: Handler<N> } & { readonly [N in CommandName]?: Handler<N> } = {
  'session:heads': async ({ storage }, { tenant, user }) => ({ revision: (await storage.heads(tenant, user, 1)).revision, heads: [] }),
  'conversation:list': () => ({ conversations: [], more: false, people: [] }),

  'conversation:get': async (context, caller, { conversation: id }) => {
    const { storage } = context;
    const { tenant } = caller;
    const conversation = await storage.auditedConversation(tenant, id);
    if (!conversation) throw new ParleyError('NOT_FOUND');
    const members = await storage.members(tenant, id);
    const people = await storage.people(tenant, [...new Set([...members.map((member) => member.user), ...conversation.members])]);
    await writeDown(context, caller, id, { command: 'conversation:get' });
    return { conversation, members, people };
  },

  'entry:range': async (context, caller, { conversation, after, before, limit }) => {
    const range = await context.storage.auditedRange(caller.tenant, conversation, { after, before, limit });
    if (!range) throw new ParleyError('NOT_FOUND');
    await writeDown(context, caller, conversation, { command: 'entry:range', from: range.from, to: range.to });
    const { entries, from, to, head, floor } = range;
    return { epoch: context.storage.epoch, entries, from, to, head, floor };
  },

  'message:search': async (context, caller, { text, conversation, before, limit }) => {
    // To look through all that a tenant ever wrote is for an export and not for a question that somebody waits for.
    if (conversation === undefined) throw new ParleyError('INVALID', 'An auditor searches one conversation');
    const summary = await context.storage.auditedConversation(caller.tenant, conversation);
    if (!summary) throw new ParleyError('NOT_FOUND');
    const start = before === undefined ? summary.head + 1 : positionIn(conversation, before);
    const found = await lookThrough(context, caller, { conversation, text, start, limit });
    await writeDown(context, caller, conversation, { command: 'message:search', from: found.end, to: start - 1 });
    const authors = [...new Set([...found.hits.map((hit) => hit.author), ...summary.members])];
    const people = await context.storage.people(caller.tenant, authors);
    return { hits: found.hits, conversations: [summary], people, next: found.end > summary.floor ? `${conversation}:${found.end}` : null };
  },
};

/** Backwards from before `start`; `end` is the first entry that was looked at. */
async function lookThrough(
  { storage }: CommandContext,
  { tenant }: Caller,
  { conversation, text, start, limit }: { conversation: string; text: string; start: number; limit: number },
): Promise<{ hits: Entry[]; end: number }> {
  const query = messageQuery(text);
  const hits: Entry[] = [];
  let end = start;
  while (query && end > 1 && start - end < LOOKED_THROUGH) {
    const page = await storage.auditedRange(tenant, conversation, { before: end, limit: PAGE });
    if (!page || page.entries.length === 0) break;
    for (const entry of page.entries.toReversed()) {
      end = entry.seq;
      if (entry.body.kind === 'message' && answers(entryWords(entry.body), query)) hits.push(entry);
      if (hits.length >= limit) return { hits, end };
    }
  }
  return { hits, end: query ? end : 0 };
}

function positionIn(conversation: string, cursor: string): number {
  const [id, seq = ''] = cursor.split(':');
  if (id !== conversation || !/^[1-9]\d{0,14}$/.test(seq)) throw new ParleyError('INVALID');
  return Number(seq);
}

async function writeDown(
  { storage }: CommandContext,
  { tenant, user }: Caller,
  conversation: string,
  facts: Record<string, string | number>,
): Promise<void> {
  await storage.audit(tenant, { act: AUDIT_ACTS.conversationRead, by: { kind: 'user', id: user }, subject: { conversation }, facts });
}
