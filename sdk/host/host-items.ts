import { BehaviorSubject } from 'rxjs';
import { contextLink, LIMITS } from '#protocol';
import type { ContextLink } from '#protocol';
import type { CallContext } from '../api.js';
import type { Environment } from '../environment.js';
import type { CurrentItem, HostContext, HostItems, HostKind, ResolvedLink } from './host-context.js';

type Answer = ResolvedLink | { failed: true };

/** More items than a page shows at once; a viewer that stays open for weeks comes to show any number. */
const KEPT = 500;

const FAILED: Answer = { failed: true };

/** The host's functions, each kept from breaking the page: one that throws or answers nonsense counts as no answer. */
export class HostRegistry implements HostItems {
  readonly current$;
  readonly changes$;
  readonly call$;

  readonly #kinds = new Map<string, HostKind>();
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #current = new BehaviorSubject<CurrentItem | null>(null);
  readonly #changes = new BehaviorSubject(0);
  readonly #call = new BehaviorSubject<CallContext | null>(null);
  readonly #stop: (() => void)[];

  constructor(context: HostContext, environment: Environment) {
    this.current$ = this.#current.asObservable();
    this.changes$ = this.#changes.asObservable();
    this.call$ = this.#call.asObservable();
    for (const [kind, host] of Object.entries(context)) this.#kinds.set(kind, host);
    this.current();
    const read = () => this.current();
    this.#stop = [environment.onPage('focus', read), environment.onPage('visible', read)];
  }

  get kinds(): readonly string[] {
    return [...this.#kinds.keys()];
  }

  current(): CurrentItem | null {
    const found = this.#find();
    const { value } = this.#current;
    if (found?.kind !== value?.kind || JSON.stringify(found?.link) !== JSON.stringify(value?.link)) this.#current.next(found);
    return this.#current.value;
  }

  /** Answers are one viewer's, and so is what is open: another session asks again. */
  refresh(): void {
    this.#answers.clear();
    this.current();
    this.#changes.next(this.#changes.value + 1);
  }

  get call(): CallContext | null {
    return this.#call.value;
  }

  setCall(call: CallContext | null): void {
    const name = line(call?.name, LIMITS.personFieldLength);
    const number = line(call?.number, LIMITS.phoneLength);
    const { value } = this.#call;
    if ((value?.name ?? '') === name && (value?.number ?? '') === number) return;
    this.#call.next(name || number ? { name, number } : null);
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
    const answer = this.#answers.get(key) ?? this.#ask(ref);
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    if (this.#answers.size > KEPT) this.#answers.delete(this.#answers.keys().next().value!);
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

  dispose(): void {
    for (const stop of this.#stop) stop();
    this.#answers.clear();
    this.#current.complete();
    this.#changes.complete();
    this.#call.complete();
  }

  async #ask(ref: ContextLink): Promise<Answer> {
    try {
      const answer = await this.#kinds.get(ref.kind)?.resolve?.(ref);
      return answer && ('denied' in answer || typeof answer.title === 'string') ? answer : FAILED;
    } catch {
      return FAILED;
    }
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

/** Whatever a host gave, as one line that fits. */
function line(given: unknown, length: number): string {
  return typeof given === 'string'
    ? [...given.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\s]+/gu, ' ').trim()].slice(0, length).join('')
    : '';
}
