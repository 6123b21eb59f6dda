import { warnOnce } from '../internal/warn.js';

const MODIFIERS = ['ctrl', 'meta', 'alt', 'shift'] as const;
type Modifier = (typeof MODIFIERS)[number];

export interface Shortcut {
  modifiers: ReadonlySet<Modifier>;
  key: string;
}

/** Reads `Alt+Shift+C` or `F9`; null for nothing or nonsense. */
export function shortcut(text: string): Shortcut | null {
  if (text.trim() === '') return null;
  const parts = text.split('+').map((part) => part.trim().toLowerCase());
  const key = parts.pop() ?? '';
  const known = parts.every((part): part is Modifier => (MODIFIERS as readonly string[]).includes(part));
  if (key !== '' && known) return { modifiers: new Set(parts), key };
  warnOnce(`key="${text}" is not a shortcut such as "Alt+C" or "F9"; there is none.`);
  return null;
}

function typesText(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** A plain character does not count while somebody types. */
export function matches(wanted: Shortcut, event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented || event.repeat) return false;
  if (
    wanted.key.length === 1 &&
    !wanted.modifiers.has('ctrl') &&
    !wanted.modifiers.has('meta') &&
    !wanted.modifiers.has('alt') &&
    typesText(event)
  )
    return false;
  const held = { ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey, shift: event.shiftKey };
  // Alt changes what a key types on some systems, so the physical key counts, too.
  const key = event.key.toLowerCase() === wanted.key || event.code.toLowerCase() === `key${wanted.key}`;
  return key && MODIFIERS.every((modifier) => held[modifier] === wanted.modifiers.has(modifier));
}
