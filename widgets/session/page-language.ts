import { CLIENT_SOURCE } from '../internal/client-source.js';
import type { Localisation } from '../internal/localisation.js';

/** The session element, as far as the page's language goes. */
export interface Speaking extends HTMLElement {
  readonly locale: string;
  readonly localisation: Localisation;
  requestUpdate(name: 'locale'): void;
}

/**
 * Follows `lang` and `dir` when the page changes them while it is open: whoever belongs to the session is drawn anew. Loaded when the page has
 * time for it. What is said inside of a shadow root of the host is not noticed: there `locale` says it.
 */
export function followPageLanguage(element: Speaking): { unsubscribe(): void } {
  const anew = (): void => element.requestUpdate('locale');
  const observer = new MutationObserver((changes) => {
    // A `dir` at an element of ours is mostly its own doing.
    if (changes.some(({ attributeName, target }) => attributeName === 'lang' || !(CLIENT_SOURCE in target))) anew();
  });
  observer.observe(element.ownerDocument, { subtree: true, attributeFilter: ['lang', 'dir'] });
  // Before somebody was signed in nobody looked.
  if (element.locale === '' && !element.matches(`:lang(${element.localisation.locale})`)) anew();
  return { unsubscribe: () => observer.disconnect() };
}
