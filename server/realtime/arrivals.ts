import type { Publication } from '../cluster/publication.js';

/** So much is remembered at most; past it everybody who is on the way in reads again. */
const MOST_NOTED = 5_000;

/** Something new about a conversation or a user that came another way than as a publication. */
type News = { type: 'moved'; tenant: string; conversation: string } | { type: 'revised'; tenant: string; user: string };

/** Somebody on the way in, from before the store is read for them until they are in their rooms. */
export interface Arrival {
  /** The first note that may say something which they did not read. */
  readonly from: number;
  stale: boolean;
}

/**
 * What happened while connections were on their way in that no room could tell them. One read says whether somebody may come in, where they
 * belong and what they start with, so it is made before they are in any room; whoever missed something by then reads again (SPEC D6). A read
 * for each of these questions, in their order, was most of the time of a sign-in.
 */
export class Arrivals {
  readonly #open = new Set<Arrival>();
  #notes: (Publication | News)[] = [];

  /** Before the store is read. */
  begin(): Arrival {
    const arrival = { from: this.#notes.length, stale: false };
    this.#open.add(arrival);
    return arrival;
  }

  note(news: Publication | News): void {
    if (this.#open.size === 0) return;
    if (this.#notes.length < MOST_NOTED) this.#notes.push(news);
    else this.noteAll();
  }

  /** Something that may concern everybody. */
  noteAll(): void {
    for (const arrival of this.#open) arrival.stale = true;
    this.#notes = [];
  }

  /** Whether what was read may not hold any more for this user, who is in these conversations. An arrival that has ended does not know. */
  missed(arrival: Arrival, { tenant, user }: { tenant: string; user: string }, conversations: readonly string[]): boolean {
    if (arrival.stale || !this.#open.has(arrival)) return true;
    const theirs = this.#notes.length > arrival.from ? new Set(conversations) : undefined;
    for (let index = arrival.from; index < this.#notes.length; index += 1) {
      const news = this.#notes[index];
      if (news?.tenant === tenant && concerns(news, user, theirs)) return true;
    }
    return false;
  }

  end(arrival: Arrival): void {
    this.#open.delete(arrival);
    if (this.#open.size === 0 && this.#notes.length > 0) this.#notes = [];
  }
}

function concerns(news: Publication | News, user: string, theirs: ReadonlySet<string> | undefined): boolean {
  switch (news.type) {
    case 'entry': {
      const { entry, joined = [], left = [], removed = [] } = news;
      return theirs?.has(entry.conversation) === true || [...joined, ...left, ...removed].includes(user);
    }
    case 'moved':
      return theirs?.has(news.conversation) === true;
    case 'hidden':
      return news.viewer === user;
    default:
      return news.user === user;
  }
}
