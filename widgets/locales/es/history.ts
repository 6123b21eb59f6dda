import type { historyMessages } from '../../internal/messages/en-history.js';
import type { Translated } from '../../internal/messages/en.js';

export const history: Translated<typeof historyMessages, 'one' | 'many' | 'other'> = {
  historyTitle: 'Enviar el historial',
  historyHint: 'Se envía como texto lo que usted puede ver de este chat. Todos en el chat verán que lo ha hecho.',
  historyTo: 'Para',
  historyToHint: 'Persona, grupo, buzón, correo',
  historyEmailOption: 'Enviar a esta dirección',
  historyKindPerson: 'Persona',
  historyKindGroup: 'Grupo',
  historyKindMailbox: 'Buzón compartido',
  historyKindEmail: 'Correo electrónico',
  historyRecipients: 'Destinatarios',
  historyNoHits: 'No se encontró a nadie con «{text}». También vale una dirección de correo completa.',
  historyHits: { one: '{count} encontrado', many: '{count} de encontrados', other: '{count} encontrados' },
  historyNoAddress: 'Sin correo electrónico',
  historyFull: 'Ya hay el máximo de destinatarios.',
  historySave: 'Guardar como archivo de texto',
  historySaved: 'El archivo se ha entregado al navegador.',
  historySaving: 'Reuniendo los mensajes…',
  historyNoMail: 'Este servidor no puede enviar correo. Puede guardar el historial como archivo de texto.',
  historyForbidden: 'Su organización no permite enviarlo allí.',
  historyFailed: 'No se pudo enviar el historial.',
  historyFileName: 'Historial del chat',
};
