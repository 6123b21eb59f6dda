import * as z from 'zod/mini';
import { LIMITS } from './limits.js';

/**
 * Text as people write it. Refused: a lone surrogate and NUL, which SQLite and PostgreSQL would keep differently.
 * Lengths are counted in code points, as people count.
 */
const storable = z.refine<string>((text) => text.isWellFormed() && !text.includes('\u0000'), 'not well-formed text');
const atMost = (codePoints: number) =>
  z.refine<string>(
    (text) => text.length <= codePoints || (text.length <= 2 * codePoints && [...text].length <= codePoints),
    `more than ${codePoints} characters`,
  );

/** Something that can be seen: not only white space, zero-width characters and direction controls. */
const visible = z.refine<string>(
  (text) => /[^\s\p{Cc}\p{Cf}\p{Zs}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0]/u.test(text),
  'nothing to see',
);

/** Line breaks, tabs, direction overrides: harmless in a message, a way to deceive in a name or title. */
const singleLine = z.refine<string>((text) => !/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u.test(text), 'control characters');

export const text = (codePoints: number) => z.string().check(storable, atMost(codePoints));
export const visibleText = (codePoints: number) => text(codePoints).check(visible);
export const name = (codePoints: number) => visibleText(codePoints).check(singleLine);

/** Ids that the host or its identity provider chose: opaque, printable, without white space, controls or direction overrides. */
const opaque = (length: number) =>
  z.string().check(z.minLength(1), z.maxLength(length), z.regex(/^(?:(?![\p{Cf}\p{Z}])[!-~\u00A1-\uD7FF\uF900-\uFFFD])+$/u));

export const tenantId = z.string().check(z.minLength(1), z.maxLength(LIMITS.tenantIdLength), z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/));
export const userId = opaque(LIMITS.userIdLength);
/** A group or mailbox of the directory, by the host's own id. */
export const groupId = opaque(LIMITS.userIdLength);

/** Made by the server with 122 random bits, so that nobody can guess another conversation (reliability, threat 2). */
export const conversationId = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** Made by the client when a person acts: a UUIDv7, accepted in either case and kept in lower case (attack row 35). */
export const clientId = z.pipe(
  z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i)),
  z.transform((id: string) => id.toLowerCase()),
);

/** A random UUID of any version: devices and epochs. */
export const uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

/** The number of an entry in its conversation, from 1 on. */
export const seq = z.int().check(z.minimum(1));
/** A position in a log: 0 is before the first entry. */
export const position = z.int().check(z.minimum(0));
/** The revision of per-user state, from 0 on. */
export const revision = z.int().check(z.minimum(0));
/** UTC, in milliseconds since 1970. Viewers format it in their own zone (E13). */
export const instant = z.int().check(z.minimum(0));
