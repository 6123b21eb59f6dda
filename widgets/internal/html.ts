import { html as litHtml, type TemplateResult } from 'lit';
import { isUsual, withTags } from './prefix.js';

const renamed = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/** A template is known by its strings: the same ones must be answered with the same. */
function rename(strings: TemplateStringsArray): TemplateStringsArray {
  let own = renamed.get(strings);
  if (own === undefined) {
    own = Object.assign(strings.map(withTags), { raw: strings.raw.map(withTags) });
    renamed.set(strings, own);
  }
  return own;
}

/** lit's `html`, with the tags of Parley's elements as this copy of it defines them (prefix.ts). */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): TemplateResult<1> =>
  litHtml(isUsual() ? strings : rename(strings), ...values);
