import type { Preferences } from './settings.js';

/** The settings of somebody who has set nothing. In a file of its own, so that the threads of the store have it without the schemas. */
export const DEFAULT_PREFERENCES: Preferences = {
  sound: true,
  banner: true,
  desktop: false,
  titleBlink: true,
  previewText: false,
  autoAwayMinutes: 10,
  busyOnCall: true,
  showOffline: false,
  hourCycle: 'h23',
  predefined: [],
};
