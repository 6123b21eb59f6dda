import type { emojiMessages } from '../../internal/messages/en-emoji.js';
import type { Translated } from '../../internal/messages/en.js';

export const emoji: Translated<typeof emojiMessages, 'one' | 'many' | 'other'> = {
  emojiPicker: 'Emojis',
  emojiSearch: 'Buscar emojis',
  emojiLoading: 'Cargando emojis…',
  emojiFailed: 'No se pudieron cargar los emojis.',
  emojiNone: 'No se encontró ningún emoji con «{text}».',
  emojiHits: { one: '{count} emoji encontrado', many: '{count} de emojis encontrados', other: '{count} emojis encontrados' },
  emojiGroups: 'Grupos de emojis',
  emojiRecent: 'Usados recientemente',
  emojiSmileys: 'Caras y emociones',
  emojiPeople: 'Personas y manos',
  emojiNature: 'Animales y naturaleza',
  emojiFood: 'Comida y bebida',
  emojiTravel: 'Viajes y lugares',
  emojiActivities: 'Actividades',
  emojiObjects: 'Objetos',
  emojiSymbols: 'Símbolos',
  emojiFlags: 'Banderas',
  skinTone: 'Tono de piel',
  skinToneNone: 'Sin tono de piel',
  skinToneLight: 'Claro',
  skinToneMediumLight: 'Claro medio',
  skinToneMedium: 'Medio',
  skinToneMediumDark: 'Oscuro medio',
  skinToneDark: 'Oscuro',
};
