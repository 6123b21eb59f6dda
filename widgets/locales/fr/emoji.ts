import type { emojiMessages } from '../../internal/messages/en-emoji.js';
import type { Translated } from '../../internal/messages/en.js';

export const emoji: Translated<typeof emojiMessages, 'one' | 'many' | 'other'> = {
  emojiPicker: 'Émojis',
  emojiSearch: 'Rechercher un émoji',
  emojiLoading: 'Chargement des émojis…',
  emojiFailed: 'Les émojis n’ont pas pu être chargés.',
  emojiNone: 'Aucun émoji trouvé pour « {text} ».',
  emojiHits: { one: '{count} émoji trouvé', many: '{count} d’émojis trouvés', other: '{count} émojis trouvés' },
  emojiGroups: 'Groupes d’émojis',
  emojiRecent: 'Récents',
  emojiSmileys: 'Smileys et émotions',
  emojiPeople: 'Personnes et mains',
  emojiNature: 'Animaux et nature',
  emojiFood: 'Nourriture et boissons',
  emojiTravel: 'Voyages et lieux',
  emojiActivities: 'Activités',
  emojiObjects: 'Objets',
  emojiSymbols: 'Symboles',
  emojiFlags: 'Drapeaux',
  skinTone: 'Couleur de peau',
  skinToneNone: 'Sans couleur de peau',
  skinToneLight: 'Claire',
  skinToneMediumLight: 'Moyennement claire',
  skinToneMedium: 'Moyenne',
  skinToneMediumDark: 'Moyennement foncée',
  skinToneDark: 'Foncée',
};
