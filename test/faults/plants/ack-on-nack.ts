import { plantIntoWorkers } from './in-workers.js';
import { rewrite } from './rewrite.js';

/** A planted bug: a message that could not be written is acknowledged all the same. */
rewrite({
  file: 'server/storage/sqlite/group-commit.js',
  from: 'return batch.map(([id]) => [id, undefined, UNAVAILABLE]);',
  to: `return batch.map(([id, verb]) => (verb === 'append' ? [id, { status: 'appended', seq: 1_000_000, at: Date.now() }] : [id, undefined, UNAVAILABLE]));`,
});
plantIntoWorkers(import.meta.url);
