import type { Budget } from './budget.js';

/** What a server in a process of its own takes for one message between two people, sent one after the other. */
export const ALLOCATED: Budget = {
  what: 'bytes allocated on the event loop for a message',
  most: 41_000,
  bound: true,
  why: 'Half as much again as was measured, because optimised code comes and goes. What is allocated is collected, in pauses that everybody waits for.',
};

/** By strace, where there is one. */
export const SYSTEM_CALLS: Readonly<Record<'flushes' | 'writes' | 'sends', Budget>> = {
  flushes: {
    what: 'flushes of the disk for 100 messages at once',
    most: 5,
    bound: true,
    why: 'Two commits. The index of words and the log of writes have flushes of their own, which may be due just then.',
  },
  writes: {
    what: 'writes to files for 100 messages one by one',
    most: 930,
    why: 'A page of the log file for each page that changed, with its head.',
  },
  sends: {
    what: 'writes to sockets for 100 messages one by one',
    most: 200,
    why: 'One to the sender, with answer and echo in it, and one to the other member.',
  },
};
