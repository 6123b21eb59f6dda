import type { Budget } from './budget.js';

/** Bytes of a command's frames, with their headers: to the server, back to the device that sent it, to a device of another member. */
export interface WireBudget extends Budget {
  command: string;
  side: 'up' | 'own' | 'other';
}

/** A few bytes more than was counted: numbers of entries and of answers grow by a digit now and then. */
export const WIRE: readonly WireBudget[] = [
  {
    command: 'message:send',
    side: 'up',
    what: 'a message of 54 characters, sent',
    most: 225,
    why: 'Its text, who says it, where, and the id under which it may be repeated: two UUIDs are a third of it.',
  },
  {
    command: 'message:send',
    side: 'own',
    what: 'a message of 54 characters, acknowledgement and echo',
    most: 460,
    why: 'The number and time of the entry; and the entry itself, as every device of the sender gets it, by which an answer that was lost is found.',
  },
  {
    command: 'message:send',
    side: 'other',
    what: 'a message of 54 characters, to each other member',
    most: 285,
    why: 'The entry and nothing else. It is encoded once for all of them.',
  },
  {
    command: 'typing:set',
    side: 'other',
    what: 'somebody writes',
    most: 112,
    why: 'Where and who. Repeated every few seconds by everybody who writes.',
  },
  { command: 'receipt:mark', side: 'other', what: 'somebody has read', most: 135, why: 'Where, who, and up to what.' },
  {
    command: 'presence:report',
    side: 'other',
    what: 'somebody is away',
    most: 105,
    why: 'Who, how, and since when: to everybody who shows them, a directory of a thousand included.',
  },
  {
    command: 'sign-in',
    side: 'up',
    what: 'a sign-in, sent',
    most: 300,
    why: 'The token is nearly all of it: it goes over the wire once for each connection and is in no address.',
  },
];

/** Bytes until somebody is ready, with so many conversations that have a last message. */
export const STATES: readonly (Budget & { conversations: 20 | 50 })[] = [
  {
    conversations: 20,
    what: 'the first state with 20 conversations',
    most: 13_300,
    why: 'Title, last message, people and marks of each: what the list shows without asking again.',
  },
  {
    conversations: 50,
    what: 'the first state with 50 conversations',
    most: 31_500,
    why: 'A whole page of the list. Each conversation is about 600 bytes; what is older comes when somebody scrolls.',
  },
];
