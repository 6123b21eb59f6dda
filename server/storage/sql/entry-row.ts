import type { Entry } from '#protocol';

/** An entry as it is selected for a reader. */
export interface EntryRow {
  seq: number;
  cid: string;
  author: string;
  at: number;
  body: string;
}

export function toEntry(conversation: string, { seq, cid, author, at, body }: EntryRow): Entry {
  return { conversation, seq, cid, author, at, body: JSON.parse(body) as Entry['body'] };
}
