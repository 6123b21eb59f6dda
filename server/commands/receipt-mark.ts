import type { Marks } from '#protocol';
import { LIMITS, ParleyError } from '#protocol';
import { refusal } from './context.js';
import type { Handler } from './context.js';

export const mark: Handler<'receipt:mark'> = async ({ storage, publisher }, caller, { conversation, delivered, read }) => {
  const { tenant, user } = caller;
  const asked: Partial<Marks> = {};
  if (delivered !== undefined) asked.delivered = delivered;
  if (read !== undefined) asked.read = read;
  const marked = await storage.inNameOf(caller).mark(tenant, user, conversation, asked);
  switch (marked.status) {
    case 'moved': {
      const { marks, unread, revision, moved, memberCount } = marked;
      if (moved === 'read' || memberCount <= LIMITS.membersToldOfDelivery) publisher.receiptMoved(tenant, conversation, user, marks);
      // To this device too: the answer has no revision, and without it the next change would not follow.
      publisher.stateChanged(tenant, user, revision, { type: 'marks', conversation, marks, unread });
      return { marks, unread };
    }
    case 'unchanged':
      return { marks: marked.marks, unread: marked.unread };
    case 'beyond-head':
      throw new ParleyError('INVALID', 'A mark beyond the last entry');
    case 'refused':
      throw refusal('receipt:mark', marked);
  }
};
