import type { CommandBudget, CommandBudgets } from './budget.js';
import { OF_CONVERSATIONS } from './commands-of-conversations.js';
import { OF_PEOPLE } from './commands-of-people.js';

/** Every command of the protocol: one that is missing does not compile. */
export const COMMANDS: CommandBudgets = { ...OF_PEOPLE, ...OF_CONVERSATIONS };

/** To the first state: of somebody whom the directory knows as they are, and of somebody new. */
export const SIGN_INS: Readonly<Record<'sign-in' | 'sign-in, new', CommandBudget>> = {
  'sign-in': {
    sqlite: { hops: 2, reads: 14, writes: 0, commits: 0 },
    postgres: { reads: 16, writes: 0, transactions: 1, trips: 4 },
    frames: { own: 3, other: 0 },
    why: 'One read says whether they may come in, where they belong and what they start with.',
    grows: { sqlite: { reads: 15 }, why: 'Rooms of more conversations than the list has are asked for.' },
  },
  'sign-in, new': {
    sqlite: { hops: 6, reads: 21, writes: 4, commits: 1 },
    postgres: { reads: 26, writes: 3, transactions: 3, trips: 10 },
    frames: { own: 3, other: 0 },
    why: 'The same before and after the person is written into the directory.',
  },
};
