import type { Session } from '#sdk';
import type { Emoji, SkinTone } from './emoji-data.js';

/** Two rows of the grid. */
const RECENT = 16;

export interface EmojiHabits {
  tone: SkinTone;
  /** Newest first. */
  recent: readonly Emoji[];
}

const habits = new WeakMap<Session, EmojiHabits>();

/** What somebody chose before, for as long as they are signed in here: nothing of it is left for the next user of the workstation. */
export function habitsOf(session: Session): EmojiHabits {
  const kept = habits.get(session) ?? { tone: 0, recent: [] };
  habits.set(session, kept);
  return kept;
}

export function used(session: Session, emoji: Emoji): void {
  const kept = habitsOf(session);
  kept.recent = [emoji, ...kept.recent.filter((one) => one.emoji !== emoji.emoji)].slice(0, RECENT);
}
