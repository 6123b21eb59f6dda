import type { ContextLink } from '#protocol';
import { invalid } from './link-template.js';

/**
 * Numbers with dots between them, at most 64 characters (DICOM PS3.5, 9.1). Components that begin with zeros are admitted, which the standard
 * forbids and archives hold: devices have made UIDs of dates and times. Compared as text: `1.02` and `1.2` are two.
 */
export function isDicomUid(value: unknown): value is string {
  // What an archive holds has to be linkable and to open; digits and dots cannot mean anything else in an address either way.
  return typeof value === 'string' && value.length <= 64 && /^[0-9]+(?:\.[0-9]+)*$/.test(value);
}

/** The unique ids of a link to a study: `id`, and in its context `series` and `instance` where they are given. */
interface DicomReference {
  study: string;
  series?: string;
  instance?: string;
}

/** Throws `INVALID` for whatever is not a UID, so that a part that cannot be meant opens nothing instead of something else. */
export function dicomReference({ id, context }: ContextLink): DicomReference {
  const part = (name: 'series' | 'instance'): Record<string, string> => {
    const value = context && Object.hasOwn(context, name) ? context[name] : undefined;
    return value === undefined ? {} : { [name]: uid(value, name) };
  };
  return { study: uid(id, 'id'), ...part('series'), ...part('instance') };
}

function uid(value: unknown, what: string): string {
  if (!isDicomUid(value)) throw invalid(`${what} is not a DICOM UID`);
  return value;
}
