import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuiltStore, StorePlan } from './plan.js';

/** The stores of one run: each is built once, by a process of its own, and removed with the run. */
export class StoreShelf {
  readonly #folder: string;
  readonly #stores = new Map<string, Promise<BuiltStore>>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** `folder` is removed at the end; `atOnce` stores are built at the same time. */
  constructor(folder: string, atOnce: number) {
    this.#folder = folder;
    this.#free = atOnce;
  }

  get(plan: StorePlan): Promise<BuiltStore> {
    const key = JSON.stringify(plan);
    const store = this.#stores.get(key) ?? this.#inTurn(() => this.#build(plan));
    this.#stores.set(key, store);
    return store;
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#stores.values());
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await run();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  async #build(plan: StorePlan): Promise<BuiltStore> {
    const data = await mkdtemp(join(this.#folder, 'store-'));
    const child = fork(fileURLToPath(new URL('./build.js', import.meta.url)));
    child.send({ data, plan });
    const [answer] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the builder ended with ${String(code)}`))),
    ])) as [{ store?: BuiltStore; error?: string }];
    if (!answer.store) throw new Error(`a store could not be built: ${String(answer.error)}`);
    return answer.store;
  }
}
