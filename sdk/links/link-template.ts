import type { ContextLink } from '#protocol';
// By its path: what stands here runs in a browser as it is, without a bundler that knows the name.
import { ParleyError } from '../protocol/errors.js';

/**
 * Makes the address of an item. Links come from other people: what does not fit is refused with `INVALID`, and what fits is encoded, so
 * that an id can neither add parameters nor lead to another place than the template's.
 */
export type LinkTemplate = (link: ContextLink) => string;

export const invalid = (message: string): ParleyError => new ParleyError('INVALID', message);

/** An address that the host has configured: `http:` or `https:`, without credentials, and without a query or fragment of its own. */
export function baseAddress(address: string, what: string): string {
  if (typeof address !== 'string' || !/^https?:\/\/[^\s"'\\<>?#@]+$/i.test(address) || !URL.canParse(address))
    throw invalid(`${what} is not an http or https address without credentials, query and fragment`);
  return address.replace(/\/+$/, '');
}

/** The value as one component of an address. */
export function encoded(value: string): string {
  if (typeof value !== 'string' || value === '' || !value.isWellFormed()) throw invalid('a value that is empty or no text');
  // Browsers take a path's `.` and `..` as steps, encoded or not.
  if (/^\.{1,2}$/.test(value)) throw invalid('a value that leads to another place');
  return encodeURIComponent(value).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
