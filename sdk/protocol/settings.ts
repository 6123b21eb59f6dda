import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { visibleText, uuid } from './primitives.js';
import { chosenAvailability } from './presence.js';

/** A text that is put into a message and never sent by itself (M13-M16). */
export const predefinedMessage = z.object({ id: uuid, text: visibleText(LIMITS.predefinedLength) });
export type PredefinedMessage = z.infer<typeof predefinedMessage>;
export const predefinedMessages = z.array(predefinedMessage).check(z.maxLength(LIMITS.predefinedMessages));

/** What a person may change; each key is one row of the settings dialog. Kept on the server, so that it follows them to every device (SPEC S5). */
export const preferences = z.object({
  /** The doorbell (E8). */
  sound: z.boolean(),
  /** The banner at the bottom of the host's page (E7). */
  banner: z.boolean(),
  /** Notifications of the operating system; the browser asks before the first. */
  desktop: z.boolean(),
  /** "Unread messages" blinks in the title of a window that is not in front (B24). */
  titleBlink: z.boolean(),
  /** Banner and notification show the text too, where the tenant's policy allows it. */
  previewText: z.boolean(),
  /** Away after so many minutes without activity in the host's page; 0: never by itself (S8). */
  autoAwayMinutes: z.int().check(z.minimum(0), z.maximum(240)),
  /** A call makes an available person busy (B43). */
  busyOnCall: z.boolean(),
  /** Contacts who are offline are shown too (S16). */
  showOffline: z.boolean(),
  /** 24-hour is the default (E9, E12); `auto` is as the reader's language has it. */
  hourCycle: z.enum(['h23', 'h12', 'auto']),
  /** The person's own predefined messages (M13). */
  predefined: predefinedMessages,
});
export type Preferences = z.infer<typeof preferences>;

/** What belongs to the user and follows them to every device. */
export const settings = z.extend(preferences, {
  availability: z.catch(chosenAvailability, 'available'),
  /** The own words of each availability, kept so that nobody types them again (B42). */
  statusMessages: z.record(z.string(), z.string()),
});
export type Settings = z.infer<typeof settings>;
