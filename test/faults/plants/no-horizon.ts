import { plantIntoWorkers } from './in-workers.js';
import { rewrite } from './rewrite.js';

/** A planted bug: a member sees from the first entry on, whenever they joined. */
rewrite({ file: 'server/domain/visibility.js', from: 'from: Math.max(1, first, from)', to: 'from: Math.max(1, first)' });
plantIntoWorkers(import.meta.url);
