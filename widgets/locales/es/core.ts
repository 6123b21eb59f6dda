import type { coreMessages } from '../../internal/messages/en-core.js';
import type { Translated } from '../../internal/messages/en.js';

export const core: Translated<typeof coreMessages, 'one' | 'many' | 'other'> = {
  chat: 'Chat',
  retry: 'Reintentar',
  unknownPerson: 'Persona desconocida',
  loading: 'Cargando',
  unreadMessages: { one: '{count} mensaje sin leer', many: '{count} de mensajes sin leer', other: '{count} mensajes sin leer' },
  manyUnreadMessages: 'Más de 99 mensajes sin leer',
  closePanel: 'Cerrar el chat',
  panelFailed: 'No se pudo cargar el chat.',
  available: 'Disponible',
  busy: 'Ocupado',
  away: 'Ausente',
  dnd: 'No molestar',
  presenceOffline: 'Sin conexión',
  presenceUnknown: 'Estado desconocido',
  chatUnavailable: 'Chat no disponible',
  phoneIdle: 'Teléfono libre',
  phoneRinging: 'Teléfono sonando',
  phoneOnCall: 'En una llamada',
  phoneHold: 'Llamada en espera',
  phoneUnknown: 'Teléfono desconocido',
  presenceWithPhone: '{presence}. {phone}',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. Iniciar chat',
};
