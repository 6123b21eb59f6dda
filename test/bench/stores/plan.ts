/**
 * A store of a certain size. Its people are `user-0` and on; each is in `groups * members / people` conversations, and `searcher` beside
 * them in every second one.
 */
export interface StorePlan {
  /** A multiple of `members`, with no other prime factors than 2 and 5, so that everybody is in as many conversations as everybody else. */
  people: number;
  groups: number;
  /** Members of a group. */
  members: number;
  /** Entries in all. Few conversations have many of them and most have few. */
  entries: number;
  /** Direct conversations between `reader` and `partner-N` with so many entries each, by name; they are part of `entries`. */
  logs: Readonly<Record<string, number>>;
}

export interface BuiltStore {
  /** The data folder of a server. */
  data: string;
  plan: StorePlan;
  /** Ids of the conversations that `logs` named. */
  logs: Record<string, string>;
  /** Ids of the groups, in the order of `membersOf`. */
  groups: string[];
  /** The most frequent words of the messages, and rare ones. */
  words: { frequent: string[]; rare: string[] };
}

/** Of the tokens that `signToken` makes. */
export const TENANT = 'test';
export const READER = 'reader';
export const SEARCHER = 'searcher';

export function userOf(number: number): string {
  return `user-${String(number)}`;
}

/** Numbers of the people in a group. Each lap through the people takes them in another order, so that no two have all in common. */
export function membersOf({ people, members }: Pick<StorePlan, 'people' | 'members'>, group: number): number[] {
  return Array.from({ length: members }, (_, place) => {
    const slot = group * members + place;
    return ((slot % people) * multiplier(Math.floor(slot / people))) % people;
  });
}

/** The odd numbers that 5 does not divide: a multiplication by one of them is a permutation of the people. */
function multiplier(lap: number): number {
  return Math.floor(lap / 4) * 10 + ([1, 3, 7, 9][lap % 4] ?? 1);
}
