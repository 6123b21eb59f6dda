import type { predefinedMessages } from '../../internal/messages/en-predefined.js';
import type { Translated } from '../../internal/messages/en.js';

export const predefined: Translated<typeof predefinedMessages, 'one' | 'other'> = {
  predefinedNone: 'Noch keine Textbausteine.',
  predefinedManage: 'Eigene Textbausteine …',
  predefinedTitle: 'Eigene Textbausteine',
  predefinedHint: 'Sie werden in die Nachricht eingefügt und nie von selbst gesendet.',
  predefinedText: 'Text {count}',
  predefinedAdd: 'Text hinzufügen',
  predefinedRemove: 'Text {count} entfernen',
  predefinedFull: 'Mehr Texte sind nicht möglich.',
  predefinedFailed: 'Die Texte konnten nicht gespeichert werden.',
};
