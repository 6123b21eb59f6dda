import { ELEMENTS } from './elements.js';
import { define as defineOne, type Definable, defineAll } from './internal/define.js';
import { usePrefix } from './internal/prefix.js';

/* Importing this file defines nothing. */
export type { Definable } from './internal/define.js';

/**
 * Defines one element, unless its tag is taken: `define(ChatPanel)` is `<parley-chat-panel>`, and `define(ChatPanel, 'acme')` is
 * `<acme-chat-panel>`. What it shows inside is defined along with it. All elements of one copy of Parley have the same prefix, which the
 * first settles: another one throws.
 */
export function define(element: Definable, prefix?: string): void {
  if (prefix !== undefined) usePrefix(prefix);
  defineOne(element);
}

/** Defines all elements, as importing `parley-chat/widgets` does, with a prefix of one's own: `<acme-session>`, `<acme-chat-panel>` and so on. */
export function defineElements({ prefix }: { prefix?: string } = {}): void {
  if (prefix !== undefined) usePrefix(prefix);
  defineAll(ELEMENTS);
}
