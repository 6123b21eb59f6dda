import type { Budget } from './budget.js';

/** Each with what is counted of it: `commits` on SQLite is flushes of the disk, and `hops` messages between threads. */
export interface BatchBudget extends Budget {
  of: 'one' | 'many';
  count: 'messages' | 'reads' | 'writes' | 'commits';
  engine: 'sqlite' | 'postgres';
}

const SHARED =
  'What arrives together is committed together: the first may leave alone, everything that comes while it is on its way shares the next commit.';

/** `one`: 100 messages of one person in one turn of the event loop. `many`: 20 devices, one message each, in one turn. */
export const BATCHES: readonly BatchBudget[] = [
  { engine: 'sqlite', of: 'one', count: 'commits', what: 'commits of 100 messages of one person', most: 2, bound: true, why: SHARED },
  {
    engine: 'sqlite',
    of: 'one',
    count: 'messages',
    what: 'messages between threads for 100 messages',
    most: 4,
    bound: true,
    why: 'One to the thread and one back for each commit, however many share it.',
  },
  {
    engine: 'sqlite',
    of: 'one',
    count: 'reads',
    what: 'statements that read, for 100 messages',
    most: 200,
    why: 'Where the author stands and whether they were revoked, inside the transaction.',
  },
  {
    engine: 'sqlite',
    of: 'one',
    count: 'writes',
    what: 'statements that write, for 100 messages',
    most: 200,
    why: 'The entry, and the head of its conversation.',
  },
  { engine: 'sqlite', of: 'many', count: 'commits', what: 'commits of 20 messages of 20 devices', most: 2, bound: true, why: SHARED },
  {
    engine: 'postgres',
    of: 'one',
    count: 'commits',
    what: 'transactions of 100 messages of one person',
    most: 2,
    bound: true,
    why: SHARED,
  },
  {
    engine: 'postgres',
    of: 'one',
    count: 'reads',
    what: 'statements that read, for 100 messages',
    most: 6,
    bound: true,
    why: 'Three for each batch, however many are in it.',
  },
  {
    engine: 'postgres',
    of: 'one',
    count: 'writes',
    what: 'statements that write, for 100 messages',
    most: 2,
    bound: true,
    why: 'Entries with their words, heads and marks: one for each batch.',
  },
  {
    engine: 'postgres',
    of: 'many',
    count: 'commits',
    what: 'transactions of 20 messages of 20 devices',
    most: 2,
    bound: true,
    why: SHARED,
  },
];

/** Commits of the index of words after 100 messages: it follows a second later, and all of them are one step (`STEP` of message-index.ts). */
export const INDEXING: Budget = {
  what: 'commits of the index after 100 messages',
  most: 2,
  bound: true,
  why: 'It follows the log at a distance, so that nobody who sends waits for it, and takes what came together in one step.',
};
