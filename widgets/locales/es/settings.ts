import type { settingsMessages } from '../../internal/messages/en-settings.js';
import type { Translated } from '../../internal/messages/en.js';

export const settings: Translated<typeof settingsMessages, 'one' | 'many' | 'other'> = {
  settings: 'Ajustes',
  settingsFailed: 'No se pudo guardar.',
  settingsNoticing: 'Avisos',
  settingsSound: 'Timbre al llegar un mensaje',
  settingsTry: 'Probar el sonido',
  settingsBanner: 'Aviso al pie de la página',
  settingsDesktop: 'Notificaciones en el escritorio',
  settingsDesktopDenied: 'El navegador no permite notificaciones en esta página.',
  settingsTitle: '«Mensajes sin leer» en el título de la ventana',
  settingsPreview: 'Mostrar el texto en avisos y notificaciones',
  settingsPreviewOff: 'No permitido aquí.',
  settingsPresence: 'Su estado',
  settingsAway: 'Ausente después de',
  settingsAwayNever: 'Nunca',
  settingsMinutes: { one: '{count} minuto', many: '{count} de minutos', other: '{count} minutos' },
  settingsOnCall: 'Ocupado durante una llamada',
  settingsLists: 'Listas y horas',
  settingsOffline: 'Mostrar contactos sin conexión',
  settingsClock: 'Reloj',
  settingsClock24: '24 horas, 14:05',
  settingsClock12: '12 horas, 2:05 p. m.',
  settingsClockAuto: 'Según la costumbre del idioma',
};
