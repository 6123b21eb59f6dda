import MagicString from 'magic-string';
import { built } from './paths.mjs';
import { edited, walk } from './syntax.mjs';

/* What a minifier of scripts does not know of templates, styles and private names. */

/** Those that name nothing else, as they are in the bundle. */
const styles = new Set();

/** Templates and styles without the indentation and comments of the source, which no minifier of scripts touches. A page shows one space for any. */
export const trimmedTemplates = {
  name: 'trimmed-templates',
  transform(code, id) {
    if (!id.startsWith(built('widgets'))) return null;
    const text = new MagicString(code);
    walk(this.parse(code), (node) => {
      if (node.type !== 'TaggedTemplateExpression' || !['css', 'html', 'svg'].includes(node.tag.name)) return;
      for (const { start, end } of node.quasi.quasis) {
        const css = node.tag.name === 'css';
        const short = (css ? trimmedStyle : trimmedTemplate)(code.slice(start, end));
        if (start < end) text.update(start, end, short);
        if (css && node.quasi.expressions.length === 0) styles.add(short);
      }
    });
    return edited(text);
  },
};

/** After an attribute without quotes a slash would be part of it. */
const trimmedTemplate = (text) => text.replace(/[ \t\n]+/g, ' ').replace(/(?<!\/) >/g, '>');

/** Strings stay; an operator of `calc()` and a combinator of a selector keep the space that they need. */
const trimmedStyle = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/('[^']*')|\s*([{};,>])\s*|(:) /g, (_, string, mark, colon) => string ?? mark ?? colon)
    .replaceAll(';}', '}')
    .replace(/^ | $/g, '');

/**
 * The private names of each class counted through, so that all classes have the same few: the minifier, which gives equal names equal short
 * ones, would otherwise make each of a thousand different. That is 2 % of what travels.
 */
export const countedPrivates = {
  name: 'counted-privates',
  transform(code) {
    if (!code.includes('#')) return null;
    const text = new MagicString(code);
    const count = (root, known) =>
      walk(root, (node) => {
        if (node.type === 'PrivateIdentifier') text.update(node.start + 1, node.end, known.get(node.name));
        if (node.type !== 'ClassBody') return;
        const names = new Map(known);
        for (const { key } of node.body)
          if (key?.type === 'PrivateIdentifier' && !names.has(key.name)) names.set(key.name, `p${names.size}`);
        for (const member of node.body) count(member, names);
        return false;
      });
    count(this.parse(code), new Map());
    return edited(text);
  },
};

/**
 * The styles of a file next to each other: deflate looks back 32 kB only and counts letters by the block, so that a style among styles costs
 * less than one between two functions. That is 1.3 % of what travels.
 */
export const gatheredStyles = {
  name: 'gathered-styles',
  renderChunk(code) {
    const text = new MagicString(code);
    const first = { at: -1, styles: [] };
    for (const statement of this.parse(code).body) {
      walk(statement, (node) => {
        // What is in a function is not made yet, and may never be.
        if (/Function/.test(node.type)) return false;
        if (node.type !== 'TaggedTemplateExpression' || !styles.has(node.quasi.quasis[0].value.raw)) return;
        if (first.at < 0) first.at = statement.start;
        const name = `style_${first.styles.length}`;
        first.styles.push(`${name} = ${code.slice(node.start, node.end)}`);
        text.update(node.start, node.end, name);
      });
    }
    if (first.at >= 0) text.appendLeft(first.at, `const ${first.styles.join(',\n')};\n`);
    return edited(text);
  },
};
