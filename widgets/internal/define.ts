import { warnOnce } from './warn.js';

/** The version of this package; the build fails when it differs from package.json (test/widgets/define.test.ts). */
export const VERSION = '0.1.0';

interface VersionedElement extends CustomElementConstructor {
  readonly version?: string;
}

/**
 * Registers an element unless its tag is taken. A host may load Parley twice, or through two of its own modules:
 * the first definition stands, and another version says so once instead of throwing in the host's start-up.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  const taken = customElements.get(tag) as VersionedElement | undefined;
  if (taken === undefined) {
    customElements.define(tag, element);
    return;
  }
  const own = (element as VersionedElement).version;
  if (taken !== element && taken.version !== own) {
    warnOnce(`<${tag}> is already defined by version ${taken.version ?? 'unknown'}; version ${own ?? 'unknown'} is not used.`);
  }
}
