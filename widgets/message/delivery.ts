import type { ErrorCode, OutboxItem, TimelineItem } from '#sdk';
import type { IconName } from '../internal/icons.js';
import type { Localisation } from '../internal/localisation.js';
import type { MessageKey } from '../internal/messages/en.js';

export interface Delivery {
  icon: IconName;
  text: string;
  /** `bad` needs the person; `waiting` will go on by itself. */
  tone: 'quiet' | 'waiting' | 'bad';
}

const REFUSALS: Partial<Record<ErrorCode, MessageKey>> = {
  NOT_FOUND: 'refusedNotFound',
  CONVERSATION_ENDED: 'endedComposer',
  CONVERSATION_FULL: 'refusedFull',
  RATE_LIMITED: 'refusedBusy',
  INITIATE_FORBIDDEN: 'refusedInitiate',
  ROLE_FORBIDDEN: 'refusedInitiate',
  INVALID: 'cannotSend',
  DO_NOT_DISTURB: 'dndOwn',
  RECIPIENT_DND: 'refusedDnd',
  TOO_MANY: 'refusedMany',
  OFFLINE: 'refusedOffline',
};

/** Why the server, or the SDK, said no, in plain words. */
export function refusalText(code: ErrorCode | undefined, { text }: Localisation): string {
  return text(((code !== undefined && REFUSALS[code]) || 'failed') as 'failed');
}

export function refusalOf(item: OutboxItem, localisation: Localisation): string {
  return item.stale ? localisation.text('refusedStale') : refusalText(item.error?.code, localisation);
}

/** How far one's own message is: always a word and a mark of its own shape. Null for messages of others. */
export function deliveryOf(item: Exclude<TimelineItem, { type: 'gap' }>, readBy: number, localisation: Localisation): Delivery | null {
  const { text } = localisation;
  if (item.type === 'pending') {
    switch (item.item.state) {
      case 'sending':
        return { icon: 'clock', text: text('sending'), tone: 'quiet' };
      case 'waiting':
        return { icon: 'offline', text: text('sentWhenConnected'), tone: 'waiting' };
      case 'not-sent':
        return { icon: 'warning', text: text('notSent'), tone: 'bad' };
    }
  }
  if (!item.mine || item.state === null) return null;
  if (item.state === 'read')
    return { icon: 'check-double', text: readBy > 1 ? text('readBy', { count: readBy }) : text('read'), tone: 'quiet' };
  if (readBy > 0) return { icon: 'check-double', text: text('readBy', { count: readBy }), tone: 'quiet' };
  if (item.state === 'held') return { icon: 'dnd', text: text('held'), tone: 'quiet' };
  return item.state === 'delivered'
    ? { icon: 'check-double', text: text('delivered'), tone: 'quiet' }
    : { icon: 'check', text: text('sent'), tone: 'quiet' };
}
