import type { Glimpse } from './leaks.js';

/** Ids made by clients are UUIDs of version 7, wherever they stand: in a list, in a preview, in a text that was exported. */
const CID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/**
 * Everything of a conversation that a frame lets its reader see, by whichever way it came: the driver writes the id of each message into its
 * text, so that no path has to be known to be watched.
 */
export function glimpsesOf(user: string, path: string, payload: unknown, conversations: ReadonlySet<string>): Glimpse[] {
  const text = JSON.stringify(payload) ?? '';
  const cids = new Set(text.match(CID) ?? []);
  return [...conversations].flatMap((conversation) => [...cids].map((cid) => ({ user, conversation, path, cid })));
}
