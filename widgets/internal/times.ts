import { learn } from './localisation.js';
import { TimeFormat } from './time.js';
import { warnOnce } from './warn.js';

/* Importing this file teaches every Localisation to write times. */
learn({
  messages: {},
  times(locale, { timeZone, hourCycle = 'h23' }) {
    try {
      return new TimeFormat(locale, timeZone, hourCycle);
    } catch {
      warnOnce(`time zone "${timeZone ?? ''}" or hour cycle "${hourCycle}" is not known; the browser's zone and 24 hours are used.`);
      return new TimeFormat(locale, undefined, 'h23');
    }
  },
});
