import type { PluralForms } from './en.js';

/** What the card of a linked item says (link-card/). */
export const linkMessages = {
  linkResolving: 'Looking it up …',
  linkDenied: 'You may not see this item.',
  linkFailed: 'This item could not be looked up.',
  removeLink: 'Remove link',
  linkElsewhere: 'Open it in its own application.',
  linkCannotOpen: 'It could not be opened here.',
  leaveForSite: 'This leads to {host}.',
  openSite: 'Open {host}',
} as const satisfies Record<string, string | PluralForms>;
