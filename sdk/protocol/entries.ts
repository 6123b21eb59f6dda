import * as z from 'zod/mini';
import { LIMITS } from './limits.js';
import { clientId, conversationId, instant, name, seq, userId, visibleText } from './primitives.js';

/**
 * A reference to something of the host: the host resolves it for each viewer, so nothing about the item is stored here.
 * Only a host without `resolve` and `open` gives `label` and `href`, and only where the server's policy keeps them.
 */
export const contextLink = z.object({
  /** The host's word for the sort of item, such as `study`, `resource` or `mail`. */
  kind: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,31}$/)),
  /** The host's id of the item: no name, no number that a person would recognise. */
  id: z.string().check(z.minLength(1), z.maxLength(LIMITS.linkIdLength), z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)),
  /** Where in the item: a series, a frame, a folder. */
  context: z.optional(
    z
      .record(
        z.string().check(z.regex(/^[a-z][A-Za-z0-9]{0,31}$/)),
        z.string().check(z.maxLength(LIMITS.linkContextLength), z.regex(/^[^\p{Cc}]*$/u)),
      )
      .check(z.refine((context) => Object.keys(context).length <= LIMITS.linkContextEntries, 'too many entries')),
  ),
  label: z.optional(name(LIMITS.titleLength)),
  href: z.optional(
    z.string().check(
      z.maxLength(LIMITS.hrefLength),
      z.refine((href) => /^https?:\/\/[^\s\\@/][^\s\\@]*$/i.test(href) && URL.canParse(href), 'not an http or https address'),
    ),
  ),
});
export type ContextLink = z.infer<typeof contextLink>;

export const links = z.array(contextLink).check(z.maxLength(LIMITS.linksPerMessage));

/** What a person sends: text, links, or both; never neither. */
export const messageContent = z.object({ text: z.union([z.literal(''), visibleText(LIMITS.messageLength)]), links }).check(
  z.refine((content) => content.text !== '' || content.links.length > 0, 'nothing to send'),
  z.refine(
    ({ text, links }) => new TextEncoder().encode(JSON.stringify({ text, links })).length <= LIMITS.contentBytes,
    'more than a frame holds',
  ),
);
export type MessageContent = z.infer<typeof messageContent>;

/** The kinds of entries that this version writes. A reader shows nothing for a kind it does not know (SPEC P2). */
export const entryBody = z.union([
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('message'), text: z.string(), links: z.array(contextLink) }),
    /** The first entry of every conversation: who is in from the start. The author is its initiator. */
    z.object({
      kind: z.literal('started'),
      users: z.array(userId),
      title: z.optional(z.string()),
      description: z.optional(z.string()),
      /** Asked to join, where the tenant's policy is `join: invite`; `users` are in. */
      invited: z.optional(z.array(userId)),
    }),
    /** Asked by the author to join (B15). They see nothing of the log before they do. */
    z.object({ kind: z.literal('invited'), users: z.array(userId) }),
    /** The author declined. */
    z.object({ kind: z.literal('declined') }),
    z.object({ kind: z.literal('joined'), users: z.array(userId) }),
    z.object({ kind: z.literal('left'), users: z.array(userId) }),
    /** Taken out by the author; they see nothing of the log any more, this entry neither (reliability 8.2). */
    z.object({ kind: z.literal('removed'), users: z.array(userId) }),
    /** Absent: without a title, or a description, from here on. */
    z.object({ kind: z.literal('renamed'), title: z.optional(z.string()), description: z.optional(z.string()) }),
    /** By its initiator or an admin, for everybody (E15). */
    z.object({ kind: z.literal('ended') }),
    /** The author sent what they may see as text by mail; `to` are the names or addresses as everybody here may read them (B20). */
    z.object({ kind: z.literal('history-sent'), to: z.array(z.string()) }),
    /** A mail of an earlier `history-sent` did not get there. The author is who sent it. */
    z.object({ kind: z.literal('history-failed'), to: z.string(), reason: z.catch(z.enum(['refused', 'unreachable']), 'unreachable') }),
    /** What the author said was lawfully erased: text, links and all trace of them are gone, the entry keeps its place (SPEC L15). */
    z.object({ kind: z.literal('erased') }),
  ]),
  z.pipe(
    z.object({ kind: z.string() }),
    z.transform(() => ({ kind: 'unknown' as const })),
  ),
]);
export type EntryBody = z.infer<typeof entryBody>;
export type EntryKind = EntryBody['kind'];

/** One entry of a conversation's log: numbered, never changed, never removed. */
export const entry = z.object({
  conversation: conversationId,
  seq,
  /** The id of the act that made it, by which its author recognises the echo. */
  cid: clientId,
  author: userId,
  at: instant,
  body: entryBody,
});
export type Entry = z.infer<typeof entry>;
