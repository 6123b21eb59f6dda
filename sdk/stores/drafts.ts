import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Draft, DraftsStore } from '../api.js';
import type { Keeper } from '../outbox/keeper.js';

const NOTHING: Draft = { text: '', links: [] };

/** What is typed and not sent, by conversation. A browser's storage gets it from the keeper only, which leaves nothing readable there. */
export class Drafts implements DraftsStore {
  readonly #drafts = new BehaviorSubject<ReadonlyMap<string, Draft>>(new Map());
  #keeper: Keeper | null = null;
  #locked = false;

  get(conversation: string): Draft {
    return this.#drafts.value.get(conversation) ?? NOTHING;
  }

  draft$(conversation: string): Observable<Draft> {
    return this.#drafts.pipe(
      map((drafts) => drafts.get(conversation) ?? NOTHING),
      distinctUntilChanged(),
    );
  }

  update(conversation: string, change: Partial<Draft>): void {
    const { text, links } = this.get(conversation);
    this.#put(conversation, { text, links, ...change });
    this.#keep(conversation);
  }

  /** As it was kept, or is in another tab; not where it was locked and is as new as that. */
  restore(conversation: string, draft: Draft): void {
    if (!this.#locked || !this.#drafts.value.has(conversation)) this.#put(conversation, draft);
  }

  keepWith(keeper: Keeper | null): void {
    this.#keeper = keeper;
    this.#locked = false;
    for (const conversation of this.#drafts.value.keys()) this.#keep(conversation);
  }

  compose(conversation: string, { text = '', context = null }: Parameters<DraftsStore['compose']>[1]): void {
    const typed = this.get(conversation).text.trimEnd();
    const caller = [context?.name, context?.number].filter(Boolean).join(', ');
    // Who is on the line is said once, however often something is added.
    const added = [typed.split('\n').includes(caller) ? '' : caller, text].filter(Boolean).join('\n');
    if (added !== '') this.update(conversation, { text: typed === '' ? added : `${typed}\n${added}` });
  }

  clear(conversation: string): void {
    const drafts = new Map(this.#drafts.value);
    if (drafts.delete(conversation)) this.#drafts.next(drafts);
    this.#keep(conversation);
  }

  /** What is here is as new as what is kept, until the same person is back. */
  lock(): void {
    this.#keeper = null;
    this.#locked = true;
  }

  dispose(): void {
    this.#keeper = null;
    this.#drafts.next(new Map());
    this.#drafts.complete();
  }

  #put(conversation: string, draft: Draft): void {
    this.#drafts.next(new Map(this.#drafts.value).set(conversation, draft));
  }

  #keep(conversation: string): void {
    this.#keeper?.draft(conversation, this.get(conversation));
  }
}
