import type { PluralForms } from './en.js';

/** How far each recipient of a message is; loaded when it is first asked for. */
export const deliveryMessages = {
  deliveryOfMessage: 'Who has this message',
  deliveryQueued: 'Queued until they sign in',
  deliveryHeld: 'Held until available',
  deliveryEnded: 'Session ended',
  deliveryNobody: 'Nobody else was in the chat.',
} as const satisfies Record<string, string | PluralForms>;
