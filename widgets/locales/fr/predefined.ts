import type { predefinedMessages } from '../../internal/messages/en-predefined.js';
import type { Translated } from '../../internal/messages/en.js';

export const predefined: Translated<typeof predefinedMessages, 'one' | 'many' | 'other'> = {
  predefinedNone: 'Aucun message prédéfini.',
  predefinedManage: 'Mes messages prédéfinis…',
  predefinedTitle: 'Mes messages prédéfinis',
  predefinedHint: 'Ils sont placés dans le message et jamais envoyés d’eux-mêmes.',
  predefinedText: 'Texte {count}',
  predefinedAdd: 'Ajouter un texte',
  predefinedRemove: 'Retirer le texte {count}',
  predefinedFull: 'Le nombre maximal de textes est atteint.',
  predefinedFailed: 'Les textes n’ont pas pu être enregistrés.',
};
