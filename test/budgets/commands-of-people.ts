import type { CommandBudget } from './budget.js';

/** Sessions, the directory, contacts, settings and presence. */
export const OF_PEOPLE = {
  'session:sync': {
    sqlite: { hops: 2, reads: 12, writes: 0, commits: 0 },
    postgres: { reads: 12, writes: 0, transactions: 1, trips: 4 },
    frames: { own: 1, other: 0 },
    why: 'The whole state in one snapshot: list, titles, rosters, contacts, invitations, settings, and each person once more where both name them.',
  },
  'session:heads': {
    sqlite: { hops: 2, reads: 2, writes: 0, commits: 0 },
    postgres: { reads: 2, writes: 0, transactions: 1, trips: 2 },
    frames: { own: 1, other: 0 },
    why: 'Asked whenever the page gets the focus back: the heads and the revision at which they hold, nothing else.',
  },
  'session:refresh': {
    sqlite: { hops: 2, reads: 2, writes: 0, commits: 0 },
    postgres: { reads: 2, writes: 0, transactions: 2, trips: 4 },
    frames: { own: 1, other: 0 },
    why: 'Whether the person is active, and whether their tokens were revoked.',
  },
  'session:end': {
    sqlite: { hops: 0, reads: 0, writes: 0, commits: 0 },
    postgres: { reads: 0, writes: 0, transactions: 0, trips: 0 },
    frames: { own: 2, other: 0 },
    why: 'A goodbye asks the store nothing.',
  },
  'directory:search': {
    sqlite: { hops: 2, reads: 6, writes: 0, commits: 0 },
    postgres: { reads: 6, writes: 0, transactions: 3, trips: 7 },
    frames: { own: 1, other: 0 },
    why: 'How rare each word is, so that the rarest leads; then people, groups and mailboxes.',
  },
  'directory:get': {
    sqlite: { hops: 2, reads: 1, writes: 0, commits: 0 },
    postgres: { reads: 1, writes: 0, transactions: 1, trips: 2 },
    frames: { own: 1, other: 0 },
    why: 'People by id, in one statement however many.',
  },
  'directory:browse': {
    sqlite: { hops: 2, reads: 1, writes: 0, commits: 0 },
    postgres: { reads: 1, writes: 0, transactions: 1, trips: 2 },
    frames: { own: 1, other: 0 },
    why: 'A page by name from the index.',
  },
  'contact:add': {
    sqlite: { hops: 2, reads: 9, writes: 2, commits: 1 },
    postgres: { reads: 11, writes: 2, transactions: 1, trips: 7 },
    frames: { own: 1, other: 0 },
    why: 'Token, whether it is so already, the person, how many there are; then the contacts as they are now, which is the answer.',
  },
  'contact:accept': {
    sqlite: { hops: 4, reads: 16, writes: 2, commits: 1 },
    postgres: { reads: 18, writes: 2, transactions: 2, trips: 12 },
    frames: { own: 1, other: 1 },
    why: 'As `contact:add`, and the one who asked reads theirs anew if connected.',
  },
  'contact:decline': {
    sqlite: { hops: 4, reads: 13, writes: 2, commits: 1 },
    postgres: { reads: 15, writes: 2, transactions: 2, trips: 11 },
    frames: { own: 1, other: 1 },
    why: 'As `contact:accept`, without anything to add.',
  },
  'contact:remove': {
    sqlite: { hops: 2, reads: 6, writes: 2, commits: 1 },
    postgres: { reads: 8, writes: 2, transactions: 1, trips: 6 },
    frames: { own: 1, other: 0 },
    why: 'Token, both sides of it, and the contacts as they are now.',
  },
  'contact-group:save': {
    sqlite: { hops: 2, reads: 8, writes: 2, commits: 1 },
    postgres: { reads: 10, writes: 2, transactions: 1, trips: 8 },
    frames: { own: 1, other: 0 },
    why: 'Token, the group of before, those who are new to it, and the contacts as they are now.',
  },
  'contact-group:remove': {
    sqlite: { hops: 2, reads: 7, writes: 3, commits: 1 },
    postgres: { reads: 9, writes: 3, transactions: 1, trips: 8 },
    frames: { own: 1, other: 0 },
    why: 'Takes it away, closes the gap in the order, and answers with the contacts as they are now.',
  },
  'contact-group:arrange': {
    sqlite: { hops: 2, reads: 8, writes: 4, commits: 1 },
    postgres: { reads: 10, writes: 2, transactions: 1, trips: 8 },
    frames: { own: 1, other: 0 },
    why: 'An order of a few groups, written in place, and the contacts as they are now.',
  },
  'settings:set': {
    sqlite: { hops: 2, reads: 2, writes: 2, commits: 1 },
    postgres: { reads: 3, writes: 2, transactions: 1, trips: 4 },
    frames: { own: 1, other: 0 },
    why: 'Token, settings of before; settings and revision of now.',
  },
  'presence:set': {
    sqlite: { hops: 2, reads: 3, writes: 2, commits: 1 },
    postgres: { reads: 5, writes: 2, transactions: 1, trips: 4 },
    frames: { own: 1, other: 1 },
    why: 'Token, settings of before; settings and revision of now. One event to whoever watches.',
  },
  'presence:report': {
    sqlite: { hops: 0, reads: 0, writes: 0, commits: 0 },
    postgres: { reads: 0, writes: 0, transactions: 0, trips: 0 },
    frames: { own: 1, other: 1 },
    why: 'Derived from what is in memory.',
  },
  'presence:subscribe': {
    sqlite: { hops: 2, reads: 1, writes: 0, commits: 0 },
    postgres: { reads: 1, writes: 0, transactions: 1, trips: 2 },
    frames: { own: 1, other: 0 },
    why: 'Who is known in the directory; the rest is in memory.',
  },
  'presence:unsubscribe': {
    sqlite: { hops: 0, reads: 0, writes: 0, commits: 0 },
    postgres: { reads: 0, writes: 0, transactions: 0, trips: 0 },
    frames: { own: 1, other: 0 },
    why: 'In memory.',
  },
} as const satisfies Record<string, CommandBudget>;
