import type { Connection, ConnectionReason } from '#sdk';
import type { IconName } from '../internal/more-icons.js';
import { learn, type Localisation } from '../internal/localisation.js';
import { connectionMessages } from '../internal/messages/en-connection.js';
import type { MessageKey } from '../internal/messages/en.js';

learn({ messages: connectionMessages });

export interface ConnectionText {
  tone: 'quiet' | 'warn' | 'bad';
  icon: IconName;
  /** What is the case. */
  text: string;
  /** What that means for the reader. */
  hint?: string;
  /** When it is tried again. UTC, ms. */
  retryAt?: number;
}

/** Why a session is over, for the one who was in it. */
const ENDINGS: Partial<Record<ConnectionReason, MessageKey>> = {
  'token-refused': 'signInRefused',
  'forbidden-origin': 'forbiddenOrigin',
  'client-too-old': 'clientTooOld',
  'server-too-old': 'serverTooOld',
  revoked: 'accessRevoked',
  expired: 'sessionExpired',
};

/** What the interface says about a connection; null when all is well. */
export function connectionText(connection: Connection, { text, times }: Pick<Localisation, 'text' | 'times'>): ConnectionText | null {
  const { state, reason, offlineSince, retryAt, restored } = connection;
  if (restored) return { tone: 'warn', icon: 'warning', text: text('restored'), hint: text('restoredHint') };
  if (state === 'ready' || state === 'idle') return null;
  if (state === 'ended') {
    if (reason === 'user-locked') return { tone: 'quiet', icon: 'lock', text: text('locked'), hint: text('lockedHint') };
    const ending = ENDINGS[reason];
    return ending === undefined
      ? { tone: 'quiet', icon: 'leave', text: text('signedOut'), hint: text('signedOutHint') }
      : { tone: 'bad', icon: 'warning', text: text(ending as 'signInRefused') };
  }
  if (state === 'catching-up') return { tone: 'quiet', icon: 'retry', text: text('catchingUp') };
  if (offlineSince === undefined) return { tone: 'quiet', icon: 'clock', text: text('connecting') };
  return {
    tone: 'warn',
    icon: 'offline',
    text: text('offlineSince', { time: times.short(offlineSince) }),
    hint: text('offlineHint'),
    ...(state === 'waiting' && retryAt !== undefined ? { retryAt } : {}),
  };
}
