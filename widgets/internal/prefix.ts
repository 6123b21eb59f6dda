/** What the tags of Parley's elements begin with unless a host wants another. Events, tokens and parts are called so in any case. */
export const USUAL = 'parley';

/** What an HTML name may begin with, and what leaves room for the hyphen that it needs. */
const PREFIX = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

let prefix: string = USUAL;
let settled = false;

/** The tag of an element in this copy of Parley. */
export function tagOf<T extends string>(tag: T): `${typeof USUAL}-${T}` {
  settled = true;
  return `${prefix}-${tag}` as `${typeof USUAL}-${T}`;
}

/** The tags within the strings of a template, which say the usual prefix. */
export function withTags(text: string): string {
  return text.replaceAll(new RegExp(`(</?)${USUAL}-`, 'g'), `$1${prefix}-`);
}

export const isUsual = (): boolean => prefix === USUAL;

/**
 * Another prefix for this copy of Parley: for a page on which tags that begin with `parley-` are somebody else's, or another copy's.
 * Throws when it is no prefix, or too late because elements of this copy are defined already.
 */
export function usePrefix(wanted: string): void {
  if (wanted === prefix) return;
  if (!PREFIX.test(wanted)) throw new RangeError(`"${wanted}" cannot begin the name of an element: small letters, digits and hyphens can.`);
  if (settled)
    throw new Error(`The elements of this copy of Parley begin with "${prefix}-": choose another prefix before the first is defined.`);
  prefix = wanted;
}
