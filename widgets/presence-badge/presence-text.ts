import type { Availability, PhoneState, Presence } from '#sdk';
import type { Localisation } from '../internal/localisation.js';

const WORDS = {
  available: 'available',
  busy: 'busy',
  away: 'away',
  dnd: 'dnd',
  offline: 'presenceOffline',
  unknown: 'presenceUnknown',
} as const satisfies Record<Availability, string>;

const PHONE_WORDS = {
  idle: 'phoneIdle',
  ringing: 'phoneRinging',
  'on-call': 'phoneOnCall',
  hold: 'phoneHold',
  unknown: 'phoneUnknown',
} as const satisfies Record<PhoneState, string>;

/** "Away, back at 15:00. On a call" (B42, B43) */
export function presenceText({ availability, message, phone }: Omit<Presence, 'since'>, { text }: Localisation): string {
  const status = text(WORDS[availability]);
  const presence = message ? text('presenceWithMessage', { status, message }) : status;
  return phone === undefined ? presence : text('presenceWithPhone', { presence, phone: text(PHONE_WORDS[phone]) });
}

/** Signed in and seen to be; of somebody unknown nothing is said. */
export function isOnline(presence: Presence | null): boolean {
  return presence !== null && presence.availability !== 'offline' && presence.availability !== 'unknown';
}
