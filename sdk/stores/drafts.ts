import { BehaviorSubject, distinctUntilChanged, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { CallContext, Draft, DraftsStore } from '../api.js';

const NOTHING: Draft = { text: '', links: [] };

/** What is typed and not sent, by conversation. In memory only: clinical text is not left in a browser's storage. */
export class Drafts implements DraftsStore {
  readonly #drafts = new BehaviorSubject<ReadonlyMap<string, Draft>>(new Map());

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
    this.#drafts.next(new Map(this.#drafts.value).set(conversation, { ...this.get(conversation), ...change }));
  }

  compose(conversation: string, { text = '', context = null }: Parameters<DraftsStore['compose']>[1]): void {
    const added = composed(context, text);
    const { text: typed } = this.get(conversation);
    if (added !== '') this.update(conversation, { text: typed.trim() === '' ? added : `${typed.trimEnd()}\n${added}` });
  }

  clear(conversation: string): void {
    const drafts = new Map(this.#drafts.value);
    if (drafts.delete(conversation)) this.#drafts.next(drafts);
  }

  dispose(): void {
    this.#drafts.next(new Map());
    this.#drafts.complete();
  }
}

/** What is put into a draft for somebody: who is on the line first, then the text (M14); only the text when in no call. */
function composed(call: CallContext | null, text: string): string {
  const caller = call === null ? '' : [call.name, call.number].filter((part) => part !== '').join(', ');
  return [caller, text].filter((part) => part !== '').join('\n');
}
