import MagicString from 'magic-string';
import { built } from './paths.mjs';
import { edited, walk } from './syntax.mjs';

/* What pages do not need of libraries and of the protocol. */

/**
 * In the place of large libraries the part of each that is needed here, 11 kB gzip less at load. What is held of open chats (3.5 kB) is loaded
 * when somebody opens one, with the inside of the panel.
 */
const REPLACED = {
  './transport/socket-transport.js': 'sdk/bundle/compact-socket.js',
  'zod/mini': 'sdk/bundle/compact-schemas.js',
  rxjs: 'sdk/bundle/compact-observables.js',
  './open-chats.js': 'sdk/bundle/late-open-chats.js',
  './css-tag.js': 'widgets/bundle/compact-styles.js',
  '../internal/html.js': 'widgets/bundle/plain-html.js',
  './html.js': 'widgets/bundle/plain-html.js',
};
export const compactParts = {
  name: 'compact-parts',
  resolveId: (id) => (Object.hasOwn(REPLACED, id) ? built(REPLACED[id]) : null),
};

/**
 * lit without what it leaves on the host's `globalThis` for old browsers, other lits and decorators that are not used here: 0.3 kB.
 *
 * Its Trusted Types policy is `parley`: a page admits each name once, and a host that is built with Lit has taken `lit-html` before. A name by
 * version would spare two copies of the bundle `'allow-duplicates'`, and would stop every host's chat when the server is upgraded.
 */
export const compactLit = {
  name: 'compact-lit',
  transform(code, id) {
    if (!/\/node_modules\/(?:lit-html|lit-element|@lit\/reactive-element)\//.test(id)) return null;
    const short = code
      .replace(/\w+\.\w+(?:Polyfill|Hydrate)Support\b/g, '(void 0)')
      .replace(/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g, 'void 0')
      .replace(/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/, '')
      .replace('this[Symbol.metadata]', 'null')
      .replace('createPolicy("lit-html"', 'createPolicy("parley"');
    if (/\.\w+Support|Versions\b|etadata\?\?=|createPolicy\((?!"parley")/.test(short))
      throw new Error(`${id} is written in another way than expected here`);
    return { code: short, map: null };
  },
};

/** A schema that only the server reads goes, with all that it is made of: no minifier dares by itself. 0.1 kB. */
export const pureSchemas = {
  name: 'pure-schemas',
  transform(code, id) {
    if (!id.startsWith(built('sdk/protocol'))) return null;
    return { code: code.replace(/(?<![\w.])(?:z\s*\.\w+|text|visibleText|name|users)\(/g, '/*#__PURE__*/ $&'), map: null };
  },
};

/**
 * What an error means is prose for developers, who read it in the server's answers and in the documentation: 0.6 kB. An error
 * that the page makes itself has its code for a message.
 */
export const errorsWithoutProse = {
  name: 'errors-without-prose',
  transform(code, id) {
    if (id !== built('sdk/protocol/errors.js')) return null;
    const short = code.replace(/,\s*meaning: '[^'\n]*'/g, '').replace('ERRORS[code].meaning', 'code');
    if (/meaning:|\.meaning/.test(short)) throw new Error('sdk/protocol/errors.ts is written in another way than expected here');
    return { code: short, map: null };
  },
};

/** What may be asked is for the server to check, and what is answered for the page, which leaves the shapes of its questions at home: 0.8 kB. */
export const repliesOnly = {
  name: 'replies-only',
  transform(code, id) {
    if (id !== built('sdk/protocol/commands.js')) return null;
    const text = new MagicString(code);
    walk(this.parse(code), (node) => {
      if (node.type !== 'Property' || node.key.name !== 'payload') return;
      text.remove(node.start, node.end + code.slice(node.end).match(/^\s*,?/)[0].length);
      return false;
    });
    if (!text.hasChanged()) throw new Error('sdk/protocol/commands.ts is written in another way than expected here');
    return edited(text);
  },
};
