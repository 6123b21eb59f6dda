import { TRANSLATED } from './history-translations.js';

/** What Parley itself says in the text of a history. Names and titles are given as they stand. */
export interface HistoryWords {
  subject(title: string): string;
  participants: string;
  timeZone: string;
  period: string;
  exportedBy: string;
  started(who: string, others: string): string;
  invited(who: string, users: string): string;
  declined(who: string): string;
  joined(who: string, users: string): string;
  joinedAlone(who: string): string;
  left(who: string): string;
  removed(who: string, users: string): string;
  renamed(who: string, title: string): string;
  untitled(who: string): string;
  ended(who: string): string;
  sent(who: string, to: string): string;
  failed(to: string): string;
  erased(who: string): string;
  /** The mail is full: its last line. */
  cut(last: string): string;
  /** There is nothing to see. */
  empty: string;
}

const english: HistoryWords = {
  subject: (title) => `Chat history: ${title}`,
  participants: 'Participants',
  timeZone: 'Time zone',
  period: 'Period',
  exportedBy: 'Sent by',
  started: (who, others) => `${who} started the chat with ${others}`,
  invited: (who, users) => `${who} invited ${users}`,
  declined: (who) => `${who} declined the invitation`,
  joined: (who, users) => `${who} added ${users}`,
  joinedAlone: (who) => `${who} joined`,
  left: (who) => `${who} left`,
  removed: (who, users) => `${who} removed ${users}`,
  renamed: (who, title) => `${who} changed the title to "${title}"`,
  untitled: (who) => `${who} removed the title`,
  ended: (who) => `${who} ended the chat for all`,
  sent: (who, to) => `${who} sent the history to ${to}`,
  failed: (to) => `The history did not reach ${to}`,
  erased: (who) => `A message from ${who} was erased for legal reasons`,
  cut: (last) => `The history is longer than a mail may be. It goes on after ${last}; what follows is not in this mail.`,
  empty: 'There is nothing to show.',
};

/** By the first part of a language tag. */
const WORDS: ReadonlyMap<string, HistoryWords> = new Map([['en', english], ...TRANSLATED]);

/** The words of a language with its tag; English where there are none. */
export function historyWords(language: string): { words: HistoryWords; language: string } {
  const tag = language.toLowerCase().split('-')[0] ?? '';
  const words = WORDS.get(tag);
  return words ? { words, language: tag } : { words: english, language: 'en' };
}
