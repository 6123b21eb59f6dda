import { plantIntoWorkers } from './in-workers.js';
import { rewrite } from './rewrite.js';

/** A planted bug: nothing keeps a message from being written twice. */
rewrite(
  { file: 'server/storage/sqlite/migrations.js', from: ',\n  UNIQUE (cid, conversation, author)\n', to: '\n' },
  { file: 'server/storage/sqlite/entry-writer.js', from: ' ON CONFLICT (conversation, author, cid) DO NOTHING', to: '' },
);
plantIntoWorkers(import.meta.url);
