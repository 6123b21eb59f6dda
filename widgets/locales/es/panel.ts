import type { panelMessages } from '../../internal/messages/en-panel.js';
import type { Translated } from '../../internal/messages/en.js';

export const panel: Translated<typeof panelMessages, 'one' | 'many' | 'other'> = {
  // Words used everywhere
  close: 'Cerrar',
  back: 'Atrás',
  cancel: 'Cancelar',
  save: 'Guardar',
  discard: 'Descartar',
  you: 'Usted',
  failed: 'No ha funcionado. Inténtelo de nuevo.',

  // Launcher and panel
  signedInAs: 'Sesión iniciada como {name}',

  // Connection
  connecting: 'Conectando…',
  catchingUp: 'Actualizando…',
  offlineSince: 'Sin conexión desde las {time}',
  offline: 'Sin conexión',
  retryIn: { one: 'Nuevo intento en {count} s', many: 'Nuevo intento en {count} s', other: 'Nuevo intento en {count} s' },
  retryingNow: 'Reintentando…',
  tryNow: 'Intentar ahora',
  offlineHint: 'Puede seguir escribiendo; los mensajes esperan aquí.',
  unreachable: 'No se puede acceder al chat.',
  signedOut: 'Sesión cerrada',
  signedOutHint: 'Inicie sesión de nuevo para chatear.',
  notSignedIn: 'Sin iniciar sesión',
  sessionExpired: 'Su sesión ha caducado.',
  accessRevoked: 'Se ha retirado su acceso.',
  signInRefused: 'Se ha rechazado el inicio de sesión.',
  forbiddenOrigin: 'Esta página no tiene permiso para usar el chat.',
  clientTooOld: 'Esta página está desactualizada. Recárguela para chatear.',
  serverTooOld: 'El servidor de chat está desactualizado.',

  // Presence and own status
  invisible: 'Aparecer sin conexión',
  yourStatus: 'Su estado',
  statusWords: 'Texto para «{status}»',
  statusWordsHint: 'Por ejemplo: vuelvo a las 15:00',
  statusFailed: 'No se pudo cambiar su estado.',

  // Linking the current item
  linkToCurrent: 'Enlace: {noun} actual',
  item: 'elemento',
  nothingToLink: 'Nada que enlazar: no hay ningún elemento abierto ({noun}).',
  noChatToLink: 'Abra primero un chat para poner el enlace.',
  linkNotSignedIn: 'No ha iniciado sesión en el chat.',
  itemLinked: 'Añadido al mensaje, aún sin enviar.',
  itemAlreadyLinked: 'Ya está en el mensaje: {noun}.',
  tooManyLinks: 'Este mensaje ya tiene el máximo de enlaces.',

  // Avatars
  chats: 'Chats',
  newChat: 'Nuevo chat',
  newShort: 'Nuevo',
  searchPeople: 'Buscar personas y chats',
  noChats: 'Aún no hay chats. Busque a una persona para empezar.',
  noHits: 'No se encontró a nadie con «{text}».',
  noChatHits: 'No se encontró ningún chat con «{text}». Puede responder chats, pero no iniciarlos.',
  loadMore: 'Mostrar más',
  showLess: 'Mostrar menos',
  people: 'Personas',
  noChatsReadOnly: 'Aún no hay chats. Otras personas pueden escribirle.',
  chooseChat: 'Elija un chat o inicie uno.',
  youSaid: 'Usted: {text}',
  linkedItem: 'Enlace',
  searchFailed: 'La búsqueda no ha funcionado. Inténtelo de nuevo.',
  clearSearch: 'Borrar la búsqueda',

  // Places of the panel

  // Starting a chat
  addPerson: 'Añadir personas',
  personHint: 'Nombre, cargo u organización',
  groupTitle: 'Título del grupo (opcional)',
  startChat: 'Iniciar chat',
  removePerson: 'Quitar a {name}',
  personAdded: 'Se añadió a {name}',
  personRemoved: 'Se quitó a {name}',
  hits: { one: '{count} persona encontrada', many: '{count} de personas encontradas', other: '{count} personas encontradas' },

  // Conversation
  newMessages: 'Nuevo',
  typing: '{names} está escribiendo',
  typingSeveral: '{names} están escribiendo',
  members: { one: '{count} persona', many: '{count} de personas', other: '{count} personas' },
  joinedHere: 'Se incorporó aquí, {time}',
  loadingOlder: 'Cargando mensajes anteriores',
  timelineFailed: 'No se pudieron cargar los mensajes.',
  messages: 'Mensajes',
  toNewest: 'Ir al mensaje más reciente',
  saidBy: '{name}: {text}',
  newMessagesCount: { one: '{count} mensaje nuevo', many: '{count} de mensajes nuevos', other: '{count} mensajes nuevos' },
  latestBy: '{name}: «{text}»',
  gapLoading: 'Cargando mensajes',
  participants: 'Personas en este chat',
  add: 'Añadir',
  leaveChat: 'Salir del chat',
  leaveQuestion: '¿Salir de este chat? Podrá leer su parte, pero no recibirá nada nuevo.',
  leave: 'Salir',

  // Entries that are not messages
  started: 'Chat iniciado: {name}',
  joined: 'Incorporación: {names}',
  left: 'Salida: {names}',
  renamed: 'El chat se llama ahora «{title}»',
  ended: 'El chat ha terminado',

  // Composer and delivery
  composerLabel: 'Mensaje',
  composerPlaceholder: 'Escribir un mensaje',
  send: 'Enviar',
  sending: 'Enviando',
  waiting: 'Esperando la conexión',
  sent: 'Enviado',
  delivered: 'Entregado',
  read: 'Leído',
  readBy: 'Leído por {count}',
  notSent: 'No enviado',
  endedComposer: 'Este chat ha terminado. Aún puede leerlo.',
  leftComposer: 'Ha salido de este chat. Aún puede leer su parte.',
  charactersLeft: { one: 'Queda {count} carácter', many: 'Quedan {count} de caracteres', other: 'Quedan {count} caracteres' },
  tooLong: { one: 'Sobra {count} carácter', many: 'Sobran {count} de caracteres', other: 'Sobran {count} caracteres' },
  nothingVisible: 'En este texto no hay nada que se vea.',
  cannotSend: 'Este texto no se puede enviar así.',
  sentWhenConnected: 'Se enviará cuando haya conexión.',

  // Why something was refused
  refusedNotFound: 'Ya no tiene acceso a este chat.',
  refusedEnded: 'El chat ha terminado.',
  refusedFull: 'El chat ya tiene el máximo de personas.',
  refusedBusy: 'Demasiados mensajes a la vez. Espere un momento.',
  refusedInitiate: 'Puede participar en chats, pero no iniciarlos.',
  refusedStale: 'Ha esperado demasiado. Envíelo de nuevo si sigue siendo válido.',
  refusedOffline: 'No hay conexión en este momento.',

  // Link cards
  linkResolving: 'Buscando…',
  linkDenied: 'No tiene permiso para ver este elemento.',
  linkFailed: 'No se pudo consultar este elemento.',
  removeLink: 'Quitar el enlace',
  linkElsewhere: 'Ábralo en su propia aplicación.',
  linkCannotOpen: 'No se pudo abrir aquí.',
  leaveForSite: 'Esto lleva a {host}.',
  openSite: 'Abrir {host}',
};
