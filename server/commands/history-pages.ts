import type { Entry, Person } from '#protocol';
import { LIMITS } from '#protocol';
import { usersIn } from '../domain/history-text.js';
import type { HistoryFacts, HistoryText } from '../domain/history-text.js';
import type { SharedStorage } from '../storage/acting.js';

/** Whose view of which conversation, up to the entry before `before` or to its end. */
export interface HistoryView {
  tenant: string;
  user: string;
  conversation: string;
  before?: number | undefined;
}

/** What stands above a history; null for a stranger. */
export async function historyFacts(storage: SharedStorage, view: HistoryView, at: number): Promise<HistoryFacts | null> {
  const { tenant, user, conversation, before } = view;
  const seen = await storage.conversation(tenant, user, conversation);
  const first = await storage.range(tenant, user, conversation, { after: 0, limit: 1 });
  const last = await storage.range(tenant, user, conversation, { before, limit: 1 });
  if (!seen || !first || !last) return null;
  const from = first.entries[0];
  const to = last.entries[0];
  // Who was asked and never came has read nothing of it. Who came, left, and was asked again has marks of then.
  const members = seen.members.filter((member) => !member.invited || member.marks.delivered > 0);
  const nameOf = namesAmong(seen.people);
  return {
    title: seen.conversation.title ?? null,
    participants: members.map((member) => nameOf(member.user)),
    period: from && to ? { from: from.at, to: to.at } : null,
    sender: nameOf(user),
    at,
  };
}

/** A page of a history: only what the user may see, whatever it is asked for (B17, B21). Null for a stranger. */
export async function historyPage(
  storage: SharedStorage,
  { tenant, user, conversation, before = Infinity }: HistoryView,
  after: number,
  text: HistoryText,
): Promise<{ lines: { at: number; text: string }[]; next: number | null } | null> {
  const range = await storage.range(tenant, user, conversation, { after, limit: LIMITS.rangePage });
  if (!range) return null;
  const entries = range.entries.filter((entry) => entry.seq < before);
  const users = usersIn(entries);
  const nameOf = namesAmong(users.length === 0 ? [] : await storage.people(tenant, users));
  const lines = entries.map((entry: Entry) => ({ at: entry.at, text: text.entry(entry, nameOf) }));
  const ended = range.to === 0 || range.to >= range.head || range.to >= before - 1;
  return { lines, next: ended ? null : range.to };
}

/** Whom the directory does not have is called by their id. */
function namesAmong(people: readonly Person[]): (user: string) => string {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (user) => names.get(user) ?? user;
}
