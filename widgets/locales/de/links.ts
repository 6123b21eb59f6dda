import type { linkMessages } from '../../internal/messages/en-links.js';
import type { Translated } from '../../internal/messages/en.js';

export const links: Translated<typeof linkMessages, 'one' | 'other'> = {
  linkResolving: 'Wird nachgeschlagen …',
  linkDenied: 'Für dieses Element fehlt die Berechtigung.',
  linkFailed: 'Dieses Element konnte nicht nachgeschlagen werden.',
  removeLink: 'Verknüpfung entfernen',
  linkElsewhere: 'In der zugehörigen Anwendung öffnen.',
  linkCannotOpen: 'Hier konnte es nicht geöffnet werden.',
  leaveForSite: 'Das führt zu {host}.',
  openSite: '{host} öffnen',
};
