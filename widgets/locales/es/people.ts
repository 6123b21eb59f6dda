import type { conferenceMessages } from '../../internal/messages/en-conference.js';
import type { peopleMessages } from '../../internal/messages/en-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const people: Translated<typeof peopleMessages & typeof conferenceMessages, 'one' | 'many' | 'other'> = {
  peopleName: 'Nombre',
  peopleOrganisation: 'Organización',
  peopleNone: 'No hay nadie asociado.',
  peopleGroupChat: 'Iniciar chat de grupo',
  peopleChatWith: 'Chat con {name}',
  peopleChatFailed: 'No se pudo iniciar el chat.',
  conference: 'Iniciar chat de grupo',
  conferenceRoom: 'Nombre de la sala',
  conferenceDescription: 'Descripción (opcional)',
  conferenceFind: 'Buscar personas',
  conferenceAll: 'Todas las personas',
  conferenceBy_name: 'El nombre contiene',
  conferenceBy_title: 'El cargo contiene',
  conferenceBy_organisation: 'La organización contiene',
  conferenceBy_email: 'El correo contiene',
  conferenceBy_phone: 'El teléfono contiene',
  conferenceByGroup: 'Grupo o recurso',
  conferenceText: 'Texto',
  conferenceNobody: 'No se encontró a nadie.',
  conferenceMore: 'Mostrar más',
  conferenceSelectAll: 'Seleccionar todas las mostradas',
  conferenceChosen: { one: '{count} persona elegida', many: '{count} de personas elegidas', other: '{count} personas elegidas' },
  conferenceNobodyChosen: 'Aún no hay nadie elegido',
  conferenceCreate: 'Crear',
  conferenceFailed: 'No se pudo crear la sala.',
  conferenceSearchFailed: 'La búsqueda no ha funcionado.',
};
