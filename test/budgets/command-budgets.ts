import type { CommandBudget, CommandBudgets } from './budget.js';
import { OF_CONVERSATIONS } from './commands-of-conversations.js';
import { OF_PEOPLE } from './commands-of-people.js';

/** Every command of the protocol: one that is missing does not compile. */
export const COMMANDS: CommandBudgets = { ...OF_PEOPLE, ...OF_CONVERSATIONS };

/** To the first state: of somebody whom the directory knows as they are, and of somebody new. */
export const SIGN_INS: Readonly<Record<'sign-in' | 'sign-in, new', CommandBudget>> = {
  'sign-in': {
    sqlite: { hops: 8, reads: 17, writes: 0, commits: 0 },
    postgres: { reads: 19, writes: 0, transactions: 7, trips: 16 },
    frames: { own: 3, other: 0 },
    why: 'Whether they are active and not revoked, before and after their rooms were joined; where they belong; the state.',
  },
  'sign-in, new': {
    sqlite: { hops: 12, reads: 15, writes: 4, commits: 1 },
    postgres: { reads: 16, writes: 3, transactions: 8, trips: 20 },
    frames: { own: 3, other: 0 },
    why: 'The same, and the person is written into the directory.',
  },
};
