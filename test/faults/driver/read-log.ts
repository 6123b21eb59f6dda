import type { CommandInput, CommandReply, Entry } from '#protocol';
import type { LogEntry } from '../checkers/leaks.js';

/** Asks one command and gives its data. */
export type Ask = (name: 'entry:range', payload: CommandInput<'entry:range'>) => Promise<CommandReply<'entry:range'>>;

/** A reader's whole log of a conversation, from the first to the last entry that they may see. */
export async function readLog(ask: Ask, conversation: string): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for (let after = 0; ;) {
    const page = await ask('entry:range', { conversation, after, limit: 200 });
    entries.push(...page.entries.map(seen));
    if (page.to === 0 || page.to >= page.head) return entries;
    after = page.to;
  }
}

export function seen({ seq, cid, author, at, body }: Entry): LogEntry {
  const entry: LogEntry = { seq, cid, author, at, text: body.kind === 'message' ? body.text : null };
  if (body.kind === 'started' || body.kind === 'joined') return { ...entry, joined: body.users };
  return body.kind === 'left' ? { ...entry, left: body.users } : entry;
}
