import { typesText } from '../internal/key-isolation.js';
import { warnOnce } from '../internal/warn.js';

const MODIFIERS = ['alt', 'ctrl', 'meta', 'shift'] as const;

/** `alt+shift+c`: modifiers in the order of the alphabet, all in lower case. */
export type Shortcut = string;

/** Reads `Shift+Alt+C` or `F9`; null for nothing or nonsense. */
export function readShortcut(text: string): Shortcut | null {
  if (text.trim() === '') return null;
  const parts = text
    .trim()
    .toLowerCase()
    .split(/\s*\+\s*/);
  const key = parts.pop();
  if (key && parts.every((part) => (MODIFIERS as readonly string[]).includes(part))) return [...new Set(parts.sort()), key].join('+');
  warnOnce(`${text} is no shortcut such as Alt+C.`);
  return null;
}

/** A plain character does not count while somebody types. */
export function matches(wanted: Shortcut, event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented || event.repeat) return false;
  if (/^(shift\+)?.$/.test(wanted) && typesText(event)) return false;
  const held = MODIFIERS.filter((modifier) => event[`${modifier}Key`]);
  // Alt changes what a key types on some systems, so the physical key counts, too.
  return [event.key, event.code.replace(/^Key/, '')].some((key) => [...held, key.toLowerCase()].join('+') === wanted);
}
