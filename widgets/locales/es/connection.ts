import type { connectionMessages } from '../../internal/messages/en-connection.js';
import type { Translated } from '../../internal/messages/en.js';

export const connection: Translated<typeof connectionMessages, 'one' | 'many' | 'other'> = {
  connecting: 'Conectando…',
  catchingUp: 'Actualizando…',
  offlineSince: 'Sin conexión desde las {time}',
  retryIn: { one: 'Nuevo intento en {count} s', many: 'Nuevo intento en {count} s', other: 'Nuevo intento en {count} s' },
  retryingNow: 'Reintentando…',
  tryNow: 'Intentar ahora',
  offlineHint: 'Puede seguir escribiendo; los mensajes esperan aquí.',
  signedOut: 'Sesión cerrada',
  signedOutHint: 'Inicie sesión de nuevo para chatear.',
  locked: 'Bloqueado',
  lockedHint: 'Desbloquee este puesto para continuar.',
  sessionExpired: 'Su sesión ha caducado.',
  accessRevoked: 'Se ha retirado su acceso.',
  signInRefused: 'Se ha rechazado el inicio de sesión.',
  forbiddenOrigin: 'Esta página no tiene permiso para usar el chat.',
  clientTooOld: 'Esta página está desactualizada. Recárguela para chatear.',
  serverTooOld: 'El servidor de chat está desactualizado.',
  restored: 'El historial se restauró desde una copia de seguridad.',
  restoredHint: 'Pueden faltar los últimos mensajes anteriores.',
  notIn: 'Ya no está en «{name}».',
};
