import { plantIntoWorkers } from './in-workers.js';
import { rewrite } from './rewrite.js';

/** A planted bug: numbers are counted in the process, and what is counted is not taken back with what was not written. */
rewrite({
  file: 'server/storage/sql/seal-entry.js',
  from: 'const seq = log.head + 1;',
  to: `const counters = (globalThis.plantedCounters ??= new Map());
    const seq = (counters.get(uuid) ?? log.head) + 1;
    counters.set(uuid, seq);`,
});
plantIntoWorkers(import.meta.url);
