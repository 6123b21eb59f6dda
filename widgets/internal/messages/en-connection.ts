import type { PluralForms } from './en.js';

/** What the panel says about its connection (connection-notice/). */
export const connectionMessages = {
  connecting: 'Connecting …',
  catchingUp: 'Catching up …',
  offlineSince: 'Offline since {time}',
  retryIn: { one: 'Trying again in {count} s', other: 'Trying again in {count} s' },
  retryingNow: 'Trying again …',
  tryNow: 'Try now',
  offlineHint: 'You can go on writing; messages wait here.',
  signedOut: 'Signed out',
  signedOutHint: 'Sign in again to chat.',
  locked: 'Locked',
  lockedHint: 'Unlock this workstation to go on.',
  sessionExpired: 'Your sign-in has ended.',
  accessRevoked: 'Your access was withdrawn.',
  signInRefused: 'The sign-in was refused.',
  forbiddenOrigin: 'This page is not allowed to use the chat.',
  clientTooOld: 'This page is out of date. Reload it to chat.',
  serverTooOld: 'The chat server is out of date.',
  restored: 'History was restored from a backup.',
  restoredHint: 'The newest messages from before may be missing.',
  notIn: 'You are no longer in “{name}”.',
} as const satisfies Record<string, string | PluralForms>;
