import type { unsentMessages } from '../../internal/messages/en-unsent.js';
import type { Translated } from '../../internal/messages/en.js';

export const unsent: Translated<typeof unsentMessages, 'one' | 'other'> = {
  unsentCount: { one: '{count} Nachricht wurde nicht gesendet', other: '{count} Nachrichten wurden nicht gesendet' },
  reviewUnsent: 'Ansehen',
  hideUnsent: 'Ausblenden',
  unsentIn: '{name}, {time}',
  keptInPage: 'Dieser Browser kann nicht aufbewahren, was noch zu senden ist. Lassen Sie diese Seite offen, bis es gesendet ist.',
};
