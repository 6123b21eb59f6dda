import type { Parley } from '#sdk';
import type { Localisation } from './localisation.js';
import { tagOf } from './prefix.js';

/** What an element gets from the session element, or from the Parley element that it is rendered in. */
export interface ClientState {
  readonly client: Parley | null;
  readonly localisation: Localisation | null;
}

/**
 * The door between elements: they find each other in the DOM and call this method. A registered symbol and not `instanceof`,
 * because two copies of the package may each have defined some of the tags on a page.
 */
export const CLIENT_SOURCE: unique symbol = Symbol.for('parley.client-source') as never;

export interface ClientSource {
  /** Calls back at once and at every change, until the returned function is called. */
  [CLIENT_SOURCE](follow: (state: ClientState) => void): () => void;
}

/** Session elements fire it on their document when they come, go or change their client, so that waiting elements look again. */
export const SESSION_CHANGE = 'parley-session-change';

function isSource(node: unknown): node is Element & ClientSource {
  return node instanceof Element && CLIENT_SOURCE in node;
}

/** The document or shadow root of an element, and those around it. */
export function rootsOutwards(element: Element): (Document | ShadowRoot)[] {
  const root = element.getRootNode();
  if (root instanceof ShadowRoot) return [root, ...rootsOutwards(root.host)];
  return root instanceof Document ? [root] : [];
}

/** What the page says of language or direction at a place: the nearest such attribute there or around it, through shadow roots; else empty. */
export function said(place: Node | null, attribute: 'lang' | 'dir'): string {
  for (let node = place; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    const value = node instanceof Element ? node.getAttribute(attribute) : null;
    if (value !== null) return value;
  }
  return '';
}

/**
 * The session that an element belongs to: the one named by id, else the nearest around it (through shadow roots),
 * else the only one of the page. With several and no name there is none: a guess could show one user's messages to another.
 */
export function findSource(element: Element, id: string, several: () => void): ClientSource | null {
  const roots = rootsOutwards(element);
  if (id !== '') return roots.map((root): Element | null => root.getElementById(id)).find(isSource) ?? null;
  for (let node: Node | null = element.parentNode; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (isSource(node)) return node;
  }
  const tag = tagOf('session');
  for (const root of roots) {
    // A document, not a shadow root, keeps such a list: a table of 1,000 badges must not look through the whole page 1,000 times.
    const [only, other] = (root as Partial<Document>).getElementsByTagName?.(tag) ?? root.querySelectorAll(tag);
    if (other !== undefined) {
      several();
      return null;
    }
    if (isSource(only)) return only;
  }
  return null;
}
