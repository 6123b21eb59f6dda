import type { Conversation } from '#protocol';

/** Everybody whom these conversations name. */
export function peopleIn(conversations: readonly Conversation[]): string[] {
  const ids = new Set<string>();
  for (const { members, last } of conversations) {
    for (const member of members) ids.add(member);
    if (last) ids.add(last.author);
  }
  return [...ids];
}
