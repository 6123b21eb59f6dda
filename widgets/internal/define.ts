import { tagOf } from './prefix.js';
import { warnOnce } from './warn.js';

/** The version of this package; the build fails when it differs from package.json (test/widgets/define.test.ts). */
export const VERSION = '0.1.0';

/** An element as it is defined. */
export interface Definable extends CustomElementConstructor {
  /** Its name without the prefix: `chat-panel`. */
  readonly tag: string;
  readonly version: string;
}

/**
 * Registers an element unless its tag is taken. A host may load Parley twice, or through two of its own modules:
 * the first definition stands, and another version says so once instead of throwing in the host's start-up.
 */
export function define(element: Definable): void {
  const tag = tagOf(element.tag);
  const taken = customElements.get(tag) as Definable | undefined;
  if (taken === undefined) customElements.define(tag, element);
  else if (taken.version !== element.version) {
    warnOnce(`<${tag}> stays that of version ${taken.version}, not ${element.version}.`);
  }
}

export function defineAll(elements: readonly Definable[] = []): void {
  for (const element of elements) define(element);
}
