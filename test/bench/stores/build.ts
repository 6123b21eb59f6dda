import { buildStore } from './builder.js';
import type { StorePlan } from './plan.js';

/** A process that builds one store, so that what it takes of memory is given back. */
process.once('message', ({ data, plan }: { data: string; plan: StorePlan }) => {
  void buildStore(data, plan).then(
    (store) => process.send?.({ store }, () => process.exit(0)),
    (error: unknown) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }, () => process.exit(1)),
  );
});
process.once('disconnect', () => process.exit());
