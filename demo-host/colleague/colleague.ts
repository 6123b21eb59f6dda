import { createParley } from 'parley-chat';
import type { Conversation, ContextLink, Parley, Session } from 'parley-chat';
import { distinctUntilChanged, filter } from 'rxjs';
import type { Subscription } from 'rxjs';
import { tokenFor } from '../token.js';
import type { DemoPerson } from '../people.js';
import { replyTo } from './replies.js';

export interface ColleagueOptions {
  person: DemoPerson;
  /** Address of the Parley server. */
  parley: string;
  secret: string;
  /** How long it seems to read and to write, in milliseconds. */
  pace?: { reading: number; writing: number };
}

/** Signs a person in from Node, with the same SDK that the pages use. */
export function signIn(person: DemoPerson, parley: string, secret: string): Parley {
  return createParley({ server: parley, token: () => tokenFor(person, secret) });
}

/** A program that plays a colleague: available, reads what is written to it, is seen writing, and answers. */
export class Colleague {
  readonly #person: DemoPerson;
  readonly #client: Parley;
  readonly #pace: { reading: number; writing: number };
  /** Up to which entry each conversation was answered in this run. */
  readonly #answered = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #sessions: Subscription | null = null;
  #list: Subscription | null = null;
  /** Who or what is being said yes to: requests for consent, invitations. */
  readonly #accepted = new Set<string>();

  constructor({ person, parley, secret, pace = { reading: 700, writing: 1_500 } }: ColleagueOptions) {
    this.#person = person;
    this.#client = signIn(person, parley, secret);
    this.#pace = pace;
  }

  /** Resolves when it is signed in and listens. */
  async start(): Promise<Session> {
    const session = await this.#client.connect();
    await session.presence.set('available', 'Answers within seconds');
    this.#sessions = this.#client.session$.pipe(filter((current) => current !== null)).subscribe((current) => {
      this.#list?.unsubscribe();
      this.#list = current.conversations.list$.pipe(distinctUntilChanged()).subscribe((conversations) => {
        for (const conversation of conversations) this.#notice(current, conversation);
      });
      this.#list.add(
        current.invitations.list$.subscribe((invitations) => {
          for (const { conversation } of invitations) this.#accept(conversation, () => current.invitations.join(conversation));
        }),
      );
      this.#list.add(
        current.contacts.state$.subscribe(({ requests }) => {
          for (const { user } of requests) this.#accept(user, () => current.contacts.accept(user));
        }),
      );
    });
    return session;
  }

  async stop(): Promise<void> {
    this.#sessions?.unsubscribe();
    this.#list?.unsubscribe();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#client.end();
    this.#client.dispose();
  }

  #accept(id: string, yes: () => Promise<unknown>): void {
    if (this.#accepted.has(id)) return;
    this.#accepted.add(id);
    this.#after(this.#pace.reading, () => {
      // Asked again later, the answer is the same; a refusal must not end the demo.
      yes().then(
        () => this.#accepted.delete(id),
        () => this.#accepted.delete(id),
      );
    });
  }

  #notice(session: Session, conversation: Conversation): void {
    const { last, marks, id } = conversation;
    if (!last || last.body.kind !== 'message' || last.author === this.#person.id || !conversation.active || conversation.ended) return;
    if (last.seq <= Math.max(marks.read, this.#answered.get(id) ?? 0)) return;
    const mentioned = new RegExp(`\\b${this.#person.name.split(' ')[0] ?? ''}\\b`, 'i').test(last.body.text);
    if (conversation.kind === 'group' && !mentioned) return;
    const turn = this.#answered.has(id) ? last.seq : 0;
    this.#answered.set(id, last.seq);
    const { text, links } = last.body;
    this.#after(this.#pace.reading, () => {
      session.conversations.markRead(id);
      session.conversations.setTyping(id, true);
      this.#after(this.#pace.writing, () => this.#answer(session, id, { from: last.author, text, links, turn, seq: last.seq }));
    });
  }

  #answer(
    session: Session,
    conversation: string,
    question: { from: string; text: string; links: readonly ContextLink[]; turn: number; seq: number },
  ): void {
    session.conversations.setTyping(conversation, false);
    // More has come meanwhile: one answer to all of it, and that one is on its way.
    if ((this.#answered.get(conversation) ?? 0) > question.seq) return;
    const name = session.directory.person(question.from)?.name ?? '';
    const first = name.replace(/^Dr /, '').split(' ')[0] ?? '';
    session.send(
      conversation,
      replyTo({ colleague: this.#person, from: first, text: question.text, links: question.links, turn: question.turn }),
    );
  }

  #after(delay: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delay);
    this.#timers.add(timer);
  }
}
