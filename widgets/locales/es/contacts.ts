import type { contactsMessages } from '../../internal/messages/en-contacts.js';
import type { Translated } from '../../internal/messages/en.js';

export const contacts: Translated<typeof contactsMessages, 'one' | 'many' | 'other'> = {
  contacts: 'Contactos',
  searchContacts: 'Buscar personas',
  showOffline: 'Mostrar personas sin conexión',
  noContacts: 'Aún no hay contactos. Busque a una persona y márquela con la estrella.',
  favourites: 'Favoritos',
  notInList: 'Fuera de la lista',
  moreFromDirectory: 'Más personas',
  contactHits: { one: '{count} persona encontrada', many: '{count} de personas encontradas', other: '{count} personas encontradas' },
  onlineOf: '{online} de {count} en línea',
  bannerLabel: '{name}, {status}',
  allOffline: {
    one: 'La única persona aquí está sin conexión.',
    many: 'Los {count} de personas aquí están sin conexión.',
    other: 'Las {count} personas aquí están sin conexión.',
  },
  showThem: 'Mostrar personas sin conexión',
  emptyGroup: 'Aún no hay nadie en este grupo. Arrastre personas aquí o use «Añadir al grupo» en una persona.',
  requested: 'Solicitud enviada',
  isFavourite: 'favorito',
  moreActs: 'Más acciones para {name}',

  // Requests
  requests: 'Solicitudes',
  wantsStatus: 'quiere ver su estado',
  accept: 'Aceptar',
  decline: 'Rechazar',
  acceptFrom: 'Aceptar a {name}',
  declineFrom: 'Rechazar a {name}',
  requestAccepted: '{name}: solicitud aceptada. Ahora cada uno ve el estado del otro.',
  requestDeclined: 'Solicitud de {name} rechazada',

  // Menus
  newMessage: 'Mensaje nuevo',
  newMessageTo: {
    one: 'Mensaje nuevo a {count} persona',
    many: 'Mensaje nuevo a {count} de personas',
    other: 'Mensaje nuevo a {count} personas',
  },
  newMessageToAll: 'Mensaje nuevo a todos',
  addToFavourites: 'Añadir a favoritos',
  removeFromFavourites: 'Quitar de favoritos',
  addToGroup: 'Añadir al grupo',
  newGroup: 'Crear un grupo…',
  removeFromGroup: 'Quitar de «{name}»',
  rename: 'Cambiar nombre…',
  moveUp: 'Subir',
  moveDown: 'Bajar',
  deleteGroup: 'Eliminar grupo…',
  deleteGroupQuestion: '¿Eliminar el grupo «{name}»? Las personas siguen donde estén además.',
  deleteGroupYes: 'Eliminar',
  removeSeveralQuestion: {
    one: '¿Quitar a {count} persona de sus favoritos? Dejarán de ver el estado del otro.',
    many: '¿Quitar a {count} de personas de sus favoritos? Dejarán de ver el estado del otro.',
    other: '¿Quitar a {count} personas de sus favoritos? Dejarán de ver el estado del otro.',
  },

  // Groups
  createGroup: 'Crear un grupo',
  renameGroup: 'Cambiar nombre del grupo',
  groupName: 'Nombre del grupo',
  groupNameHint: 'Por ejemplo: equipo de tórax',
  groupWith: { one: 'Con {count} persona', many: 'Con {count} de personas', other: 'Con {count} personas' },
  groupsFull: 'Ya tiene el máximo de grupos.',
  groupFull: 'En un grupo no caben tantas personas.',
  groupCreated: 'Grupo «{name}» creado',
  addedToGroup: {
    one: '{count} persona añadida a «{name}»',
    many: '{count} de personas añadidas a «{name}»',
    other: '{count} personas añadidas a «{name}»',
  },
  groupMoved: '«{name}» ocupa ahora la posición {count} entre sus grupos',
};
