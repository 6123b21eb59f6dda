import { LIMITS } from '#protocol';
import type { CommandPayload } from '#protocol';

const CONVERSATION = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const CLIENT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** A letter, but for those that show nothing. */
const SEEN = /[^\P{L}\u115F\u1160\u3164\uFFA0]/u;

/**
 * What the schema of `message:send` makes of a message of mere words, which nearly all are, in a fifth of its time: parsing is the largest
 * part of what this node does for a message beside its frames. Undefined is no refusal: then the schema decides, which alone says what is right.
 */
export function plainMessage(payload: unknown): CommandPayload<'message:send'> | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { conversation, cid, text, links, sentAt } = payload as Readonly<Record<string, unknown>>;
  if (typeof conversation !== 'string' || !CONVERSATION.test(conversation)) return undefined;
  if (typeof cid !== 'string' || !CLIENT_ID.test(cid)) return undefined;
  if (!Array.isArray(links) || links.length > 0) return undefined;
  // As JSON no character of it takes more than six bytes: so many fit into a frame.
  if (typeof text !== 'string' || text.length > LIMITS.messageLength || !SEEN.test(text)) return undefined;
  if (!text.isWellFormed() || text.includes('\u0000')) return undefined;
  if (sentAt === undefined) return { conversation, cid, text, links: [] };
  return Number.isSafeInteger(sentAt) && Number(sentAt) >= 0 ? { conversation, cid, text, links: [], sentAt: Number(sentAt) } : undefined;
}
