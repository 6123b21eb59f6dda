import { BehaviorSubject } from 'rxjs';
import { contextLink } from '#protocol';
import type { ContextLink } from '#protocol';
import type { Environment } from '../environment.js';
import type { CurrentItem, HostContext, HostItems, HostKind, ResolvedLink } from './host-context.js';

type Answer = ResolvedLink | { failed: true };

const FAILED: Answer = { failed: true };

/** The host's functions, each kept from breaking the page: one that throws or answers nonsense counts as no answer. */
export class HostRegistry implements HostItems {
  readonly current$;

  readonly #kinds = new Map<string, HostKind>();
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #current = new BehaviorSubject<CurrentItem | null>(null);
  readonly #stop: (() => void)[];

  constructor(context: HostContext, environment: Environment) {
    this.current$ = this.#current.asObservable();
    for (const [kind, host] of Object.entries(context)) this.#kinds.set(kind, host);
    this.#read();
    const read = () => this.#read();
    this.#stop = [environment.onPage('focus', read), environment.onPage('visible', read)];
  }

  get kinds(): readonly string[] {
    return [...this.#kinds.keys()];
  }

  refresh(): void {
    this.forget();
    this.#read();
  }

  register(kind: string, host: HostKind): () => void {
    this.#kinds.set(kind, host);
    this.refresh();
    return () => {
      if (this.#kinds.get(kind) !== host) return;
      this.#kinds.delete(kind);
      this.refresh();
    };
  }

  resolve(ref: ContextLink): Promise<Answer> {
    const key = JSON.stringify([ref.kind, ref.id, Object.entries(ref.context ?? {}).sort()]);
    let answer = this.#answers.get(key);
    if (!answer) this.#answers.set(key, (answer = this.#ask(ref)));
    return answer;
  }

  async open(ref: ContextLink): Promise<boolean> {
    const host = this.#kinds.get(ref.kind);
    if (!host?.open) return false;
    try {
      await host.open(ref);
      return true;
    } catch {
      return false;
    }
  }

  noun(kind: string): string | null {
    return this.#kinds.get(kind)?.noun ?? null;
  }

  icon(kind: string): HostKind['icon'] | null {
    return this.#kinds.get(kind)?.icon ?? null;
  }

  /** Answers are one viewer's: another session asks again. */
  forget(): void {
    this.#answers.clear();
  }

  dispose(): void {
    for (const stop of this.#stop) stop();
    this.forget();
    this.#current.complete();
  }

  async #ask(ref: ContextLink): Promise<Answer> {
    try {
      const answer = await this.#kinds.get(ref.kind)?.resolve?.(ref);
      return answer && ('denied' in answer || typeof answer.title === 'string') ? answer : FAILED;
    } catch {
      return FAILED;
    }
  }

  #read(): void {
    const found = this.#find();
    const { value } = this.#current;
    if (found?.kind !== value?.kind || JSON.stringify(found?.link) !== JSON.stringify(value?.link)) this.#current.next(found);
  }

  #find(): CurrentItem | null {
    for (const kind of this.#kinds.values()) {
      try {
        const link = contextLink.safeParse(kind.getCurrent?.() ?? null);
        if (link.success) return { link: link.data, kind };
      } catch {
        // A host that cannot say has nothing open.
      }
    }
    return null;
  }
}
