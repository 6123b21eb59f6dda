import type { settingsMessages } from '../../internal/messages/en-settings.js';
import type { Translated } from '../../internal/messages/en.js';

export const settings: Translated<typeof settingsMessages, 'one' | 'other'> = {
  settings: 'Einstellungen',
  settingsFailed: 'Das konnte nicht gespeichert werden.',
  settingsNoticing: 'Benachrichtigung',
  settingsSound: 'Klingelton bei neuen Nachrichten',
  settingsTry: 'Ton ausprobieren',
  settingsBanner: 'Hinweis am unteren Rand der Seite',
  settingsDesktop: 'Benachrichtigungen auf dem Desktop',
  settingsDesktopDenied: 'Der Browser erlaubt dieser Seite keine Benachrichtigungen.',
  settingsTitle: '„Ungelesene Nachrichten“ im Fenstertitel',
  settingsPreview: 'Text in Hinweisen und Benachrichtigungen zeigen',
  settingsPreviewOff: 'Hier nicht erlaubt.',
  settingsPresence: 'Eigener Status',
  settingsAway: 'Abwesend nach',
  settingsAwayNever: 'Nie',
  settingsMinutes: { one: '{count} Minute', other: '{count} Minuten' },
  settingsOnCall: 'Während eines Telefonats beschäftigt',
  settingsLists: 'Listen und Zeiten',
  settingsOffline: 'Kontakte zeigen, die offline sind',
  settingsClock: 'Uhrzeit',
  settingsClock24: '24 Stunden, 14:05',
  settingsClock12: '12 Stunden, 2:05 PM',
  settingsClockAuto: 'Wie in der Sprache üblich',
};
