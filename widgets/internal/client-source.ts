import type { Parley } from '#sdk';
import type { Localisation } from './localisation.js';

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

const SESSION_TAG = 'parley-session';

function isSource(node: unknown): node is ClientSource & Element {
  return node instanceof Element && CLIENT_SOURCE in node;
}

function rootsOutwards(element: Element): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [];
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    if (root instanceof Document || root instanceof ShadowRoot) roots.push(root);
    if (!(root instanceof ShadowRoot)) return roots;
  }
}

export type Found = { source: ClientSource } | { source: null; reason: 'none' | 'several' };

/**
 * The session that an element belongs to: the one named by id, else the nearest around it (through shadow roots),
 * else the only one of the page. With several and no name there is none: a guess could show one user's messages to another.
 */
export function findSource(element: Element, id: string): Found {
  const roots = rootsOutwards(element);
  if (id !== '') {
    for (const root of roots) {
      const named = root.getElementById(id);
      if (isSource(named)) return { source: named };
    }
    return { source: null, reason: 'none' };
  }
  for (let node: Node | null = element.parentNode; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
    if (isSource(node)) return { source: node };
  }
  for (const root of roots) {
    const sessions = root.querySelectorAll(SESSION_TAG);
    if (sessions.length > 1) return { source: null, reason: 'several' };
    const only = sessions[0];
    if (isSource(only)) return { source: only };
  }
  return { source: null, reason: 'none' };
}
