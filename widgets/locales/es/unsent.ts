import type { unsentMessages } from '../../internal/messages/en-unsent.js';
import type { Translated } from '../../internal/messages/en.js';

export const unsent: Translated<typeof unsentMessages, 'one' | 'many' | 'other'> = {
  unsentCount: {
    one: 'No se ha enviado {count} mensaje',
    many: 'No se han enviado {count} mensajes',
    other: 'No se han enviado {count} mensajes',
  },
  reviewUnsent: 'Ver',
  hideUnsent: 'Ocultar',
  unsentIn: '{name}, {time}',
  keptInPage: 'Este navegador no puede guardar lo que espera ser enviado. Deje esta página abierta hasta que se envíe.',
};
