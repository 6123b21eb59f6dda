import type { PluralForms } from './en.js';

/** What the settings dialog says; loaded with it. */
export const settingsMessages = {
  settings: 'Settings',
  settingsFailed: 'This could not be saved.',
  settingsNoticing: 'Being noticed',
  settingsSound: 'Doorbell when a message comes',
  settingsTry: 'Try the sound',
  settingsBanner: 'Banner at the bottom of the page',
  settingsDesktop: 'Notifications on the desktop',
  settingsDesktopDenied: 'The browser does not allow notifications for this page.',
  settingsTitle: '“Unread messages” in the window title',
  settingsPreview: 'Show the text in banners and notifications',
  settingsPreviewOff: 'Not allowed here.',
  settingsPresence: 'Your status',
  settingsAway: 'Away after',
  settingsAwayNever: 'Never',
  settingsMinutes: { one: '{count} minute', other: '{count} minutes' },
  settingsOnCall: 'Busy while on a call',
  settingsLists: 'Lists and times',
  settingsOffline: 'Show contacts who are offline',
  settingsClock: 'Clock',
  settingsClock24: '24 hours, 14:05',
  settingsClock12: '12 hours, 2:05 PM',
  settingsClockAuto: 'As usual in the language',
} as const satisfies Record<string, string | PluralForms>;
