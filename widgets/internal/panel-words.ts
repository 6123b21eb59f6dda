import { learn } from './localisation.js';
import { panelMessages } from './messages/en-panel.js';
import { TimeFormat } from './time.js';
import { warnOnce } from './warn.js';

/* Importing this file teaches every Localisation the texts and times of the panel. */
learn({
  messages: panelMessages,
  times(locale, { timeZone, hourCycle = 'h23' }) {
    try {
      return new TimeFormat(locale, timeZone, hourCycle);
    } catch {
      warnOnce(`time zone "${timeZone ?? ''}" or hour cycle "${hourCycle}" is not known; the browser's zone and 24 hours are used.`);
      return new TimeFormat(locale, undefined, 'h23');
    }
  },
});
