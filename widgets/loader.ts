import { tagOf } from './internal/prefix.js';
import { warnOnce } from './internal/warn.js';

/*
 * Importing this file defines each of Parley's elements when the first of its kind stands in the page, and loads nothing before that. The files
 * lie next to this one, so a content security policy needs nothing but `script-src 'self'`.
 */
const FILES: Record<string, () => Promise<unknown>> = {
  banner: () => import('./define/banner.js'),
  'chat-panel': () => import('./define/chat-panel.js'),
  launcher: () => import('./define/launcher.js'),
  'link-current-item': () => import('./define/link-current-item.js'),
  people: () => import('./define/people.js'),
  'presence-badge': () => import('./define/presence-badge.js'),
  session: () => import('./define/session.js'),
};

const loaders = new Map(Object.entries(FILES).map(([tag, load]) => [tagOf(tag) as string, load]));

const asked = new Set<string>();

/** Once; after a failure again when the next one of its kind comes. */
function load(tag: string): void {
  const loader = loaders.get(tag);
  if (loader === undefined || asked.has(tag)) return;
  asked.add(tag);
  loader().then(
    () => loaders.delete(tag),
    (cause: unknown) => {
      asked.delete(tag);
      warnOnce(`<${tag}> could not be loaded: ${String(cause)}`);
    },
  );
}

function look(node: Node): void {
  if (!(node instanceof Element || node instanceof Document || node instanceof DocumentFragment)) return;
  if (node instanceof Element) load(node.localName);
  for (const found of node.querySelectorAll(':not(:defined)')) load(found.localName);
}

/**
 * Looks at what is in `root` and at what comes into it, until the returned function is called. The document is looked at from the beginning; a
 * shadow root of the host's own is given here, because nobody sees into one from outside.
 */
export function observe(root: Document | ShadowRoot): () => void {
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) look(node);
    if (loaders.size === 0) observer.disconnect();
  });
  observer.observe(root, { childList: true, subtree: true });
  look(root);
  return () => observer.disconnect();
}

if (typeof document !== 'undefined') observe(document);
