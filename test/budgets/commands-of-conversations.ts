import type { CommandBudget } from './budget.js';

/** Conversations, their logs, and what is told of them. */
export const OF_CONVERSATIONS = {
  'conversation:list': {
    sqlite: { hops: 2, reads: 5, writes: 0, commits: 0 },
    postgres: { reads: 5, writes: 0, transactions: 1, trips: 4 },
    frames: { own: 1, other: 0 },
    why: 'A page of the list in four statements however long it is, and the people whom it names.',
  },
  'conversation:create': {
    sqlite: { hops: 4, reads: 9, writes: 5, commits: 1 },
    postgres: { reads: 12, writes: 5, transactions: 2, trips: 14 },
    frames: { own: 3, other: 2 },
    why: 'Who is known and may be disturbed; conversation, members, first entry, the revisions of the members; and one read of the summaries of all who are connected.',
  },
  'conversation:get': {
    sqlite: { hops: 2, reads: 8, writes: 0, commits: 0 },
    postgres: { reads: 7, writes: 0, transactions: 1, trips: 4 },
    frames: { own: 1, other: 0 },
    why: 'Summary, members and marks, invitations, people.',
  },
  'conversation:invite': {
    sqlite: { hops: 2, reads: 9, writes: 6, commits: 1 },
    postgres: { reads: 14, writes: 7, transactions: 1, trips: 17 },
    frames: { own: 2, other: 1 },
    why: 'Who is known, in, or asked already; the entry, the member, the revision. The others hear it by the entry.',
  },
  'conversation:join': {
    sqlite: { hops: 4, reads: 12, writes: 7, commits: 1 },
    postgres: { reads: 17, writes: 8, transactions: 3, trips: 21 },
    frames: { own: 4, other: 1 },
    why: 'As an invitation that is taken up: the entry, the member, the revisions; and the summary as answer.',
  },
  'conversation:decline': {
    sqlite: { hops: 4, reads: 5, writes: 4, commits: 1 },
    postgres: { reads: 9, writes: 4, transactions: 2, trips: 11 },
    frames: { own: 2, other: 1 },
    why: 'The entry, the invitation that goes, the revision.',
  },
  'conversation:rename': {
    sqlite: { hops: 4, reads: 10, writes: 4, commits: 1 },
    postgres: { reads: 14, writes: 4, transactions: 2, trips: 14 },
    frames: { own: 3, other: 2 },
    why: 'The entry, the title, the revisions of the members; and one read of the summaries of all who are connected.',
  },
  'conversation:end': {
    sqlite: { hops: 4, reads: 10, writes: 4, commits: 1 },
    postgres: { reads: 14, writes: 4, transactions: 2, trips: 14 },
    frames: { own: 3, other: 2 },
    why: 'The entry, the end, the revisions of the members; and one read of the summaries of all who are connected.',
  },
  'conversation:leave': {
    sqlite: { hops: 4, reads: 10, writes: 6, commits: 1 },
    postgres: { reads: 14, writes: 6, transactions: 2, trips: 15 },
    frames: { own: 3, other: 1 },
    why: 'The entry, the interval that ends, the revision; and the summary that stays.',
  },
  'conversation:remove': {
    sqlite: { hops: 2, reads: 6, writes: 7, commits: 1 },
    postgres: { reads: 10, writes: 7, transactions: 1, trips: 14 },
    frames: { own: 2, other: 1 },
    why: 'The entry, the member who goes with all of it, the revision. What they hear needs no reading.',
  },
  'entry:range': {
    sqlite: { hops: 2, reads: 3, writes: 0, commits: 0 },
    postgres: { reads: 3, writes: 0, transactions: 1, trips: 3 },
    frames: { own: 1, other: 0 },
    why: 'Opening, scrolling back and catching up: where the viewer stands, how far back the tenant shows, and the page by its numbers.',
  },
  'message:send': {
    sqlite: { hops: 2, reads: 2, writes: 2, commits: 1 },
    postgres: { reads: 3, writes: 1, transactions: 1, trips: 2 },
    frames: { own: 2, other: 1 },
    why: 'The hot path. Where the author stands and whether they were revoked; the entry and its number. Acknowledgement and echo to the sender, one copy to everybody else.',
  },
  'message:search': {
    sqlite: { hops: 4, reads: 35, writes: 0, commits: 0 },
    postgres: { reads: 10, writes: 0, transactions: 2, trips: 9 },
    frames: { own: 1, other: 0 },
    grows: {
      sqlite: { reads: 50 },
      postgres: { reads: 13, trips: 12 },
      why: 'Rounds over the stretches of the conversations of the viewer, as long as fewer hits were found than asked for; each is a bounded number of steps in the index.',
    },
    why: 'The places that the viewer may see, the index of each stretch, the entries; then the conversations and people of the hits.',
  },
  'history:send': {
    sqlite: { hops: 2, reads: 4, writes: 3, commits: 1 },
    postgres: { reads: 7, writes: 2, transactions: 1, trips: 7 },
    frames: { own: 2, other: 1 },
    why: 'The entry and a job for each mail; what the mail says is read when it is made.',
  },
  'history:text': {
    sqlite: { hops: 10, reads: 18, writes: 0, commits: 0 },
    postgres: { reads: 17, writes: 0, transactions: 5, trips: 15 },
    frames: { own: 1, other: 0 },
    why: 'A page of the log with its people, and for the first page the facts above it.',
  },
  'receipt:mark': {
    sqlite: { hops: 2, reads: 3, writes: 2, commits: 1 },
    postgres: { reads: 4, writes: 2, transactions: 1, trips: 3 },
    frames: { own: 2, other: 1 },
    why: 'Where the reader stands, the mark, the revision of their other devices. One event to each other member, one to the own devices.',
  },
  'typing:set': {
    sqlite: { hops: 2, reads: 1, writes: 0, commits: 0 },
    postgres: { reads: 1, writes: 0, transactions: 1, trips: 2 },
    frames: { own: 1, other: 1 },
    why: 'Whether they may; nothing is written.',
  },
} as const satisfies Record<string, CommandBudget>;
