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
  presenceOffline: 'Sin conexión',
  presenceUnknown: 'Estado desconocido',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. Iniciar chat',
};
