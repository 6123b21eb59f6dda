import type { ContextLink } from '#protocol';
import { ParleyError } from '#protocol';
import { refusal } from './context.js';
import type { Handler } from './context.js';

export const sendMessage: Handler<'message:send'> = async ({ storage, publisher }, caller, payload) => {
  const { conversation, cid, text, links } = payload;
  const appended = await storage.append({
    tenant: caller.tenant,
    author: caller.user,
    conversation,
    cid,
    issuedAt: caller.issuedAt,
    block: caller.policies.dnd === 'block',
    body: { kind: 'message', text, links: caller.policies.storedLabels || links.length === 0 ? links : links.map(referenceOnly) },
  });
  switch (appended.status) {
    case 'appended':
      publisher.entryAdded(caller.tenant, appended.entry);
      return { cid, seq: appended.entry.seq, at: appended.entry.at, epoch: storage.epoch, duplicate: false };
    case 'duplicate':
      return { cid, seq: appended.seq, at: appended.at, epoch: storage.epoch, duplicate: true };
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'recipient-dnd':
      throw new ParleyError('RECIPIENT_DND');
    case 'revoked':
      throw new ParleyError('UNAUTHENTICATED');
    case 'refused':
      throw refusal('message:send', appended);
  }
};

/** Without the words and the address that the host gave: what the item is called is for the reader's own host to say. */
function referenceOnly({ kind, id, context }: ContextLink): ContextLink {
  return context === undefined ? { kind, id } : { kind, id, context };
}
