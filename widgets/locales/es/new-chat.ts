import type { newChatMessages } from '../../internal/messages/en-new-chat.js';
import type { Translated } from '../../internal/messages/en.js';

export const newChat: Translated<typeof newChatMessages, 'one' | 'many' | 'other'> = {
  addPerson: 'Añadir personas',
  personHint: 'Nombre, cargo u organización',
  groupTitle: 'Título (opcional)',
  groupDescription: 'Descripción (opcional)',
  startChat: 'Iniciar chat',
  removePerson: 'Quitar a {name}',
  personAdded: 'Se añadió a {name}',
  personRemoved: 'Se quitó a {name}',
  hits: { one: '{count} persona encontrada', many: '{count} de personas encontradas', other: '{count} personas encontradas' },
};
