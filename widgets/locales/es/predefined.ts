import type { predefinedMessages } from '../../internal/messages/en-predefined.js';
import type { Translated } from '../../internal/messages/en.js';

export const predefined: Translated<typeof predefinedMessages, 'one' | 'many' | 'other'> = {
  predefinedNone: 'Aún no hay mensajes predefinidos.',
  predefinedManage: 'Mis mensajes predefinidos…',
  predefinedTitle: 'Mis mensajes predefinidos',
  predefinedHint: 'Se ponen en el mensaje y nunca se envían solos.',
  predefinedText: 'Texto {count}',
  predefinedAdd: 'Añadir un texto',
  predefinedRemove: 'Quitar el texto {count}',
  predefinedFull: 'Ya hay el máximo de textos.',
  predefinedFailed: 'No se pudieron guardar los textos.',
};
