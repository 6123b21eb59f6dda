import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openWriter, readIdentity, requireDurable, requireWhole } from './connection.js';
import { GroupCommit } from './group-commit.js';
import type { AnyHandlers, Call, WorkerData } from './messages.js';
import { MessageIndexer } from './message-index.js';
import { migrate } from './migrations.js';
import { Soundness } from './soundness.js';
import { holdStore } from './store-lock.js';
import { Witness } from './witness.js';
import { serve } from './worker-side.js';
import { writeHandlers } from './write-handlers.js';

/** The thread that writes: the only one, so that nothing ever waits for a lock of the database. */
serve(() => {
  const { file } = workerData as WorkerData;
  const hold = holdStore(file);
  const soundness = new Soundness(file);
  const isTrusted = existsSync(file) && soundness.holds;
  const db = openWriter(file, { check: !isTrusted });
  const made = migrate(db);
  requireDurable(db);
  const witness = new Witness(db, file);
  const restored = witness.open(made);
  if (restored && isTrusted) {
    // The next start finds nothing of what made this one doubt.
    soundness.doubted();
    requireWhole(db, file);
  }
  const isChecked = !isTrusted || restored !== null;
  soundness.opened(isChecked);
  const handlers: AnyHandlers = { ...writeHandlers(db) };
  const failed = (verb: string, error: unknown): void =>
    parentPort?.postMessage({ type: 'failed', verb, message: error instanceof Error ? error.message : String(error) });
  const index = new MessageIndexer(db, (error) => failed('indexing', error));
  const settled = (): Promise<void> => commits.settled();
  const commits: GroupCommit = new GroupCommit(db, handlers, {
    committed(replies, size, milliseconds) {
      parentPort?.postMessage({ type: 'replies', replies, commit: { size, milliseconds } });
      witness.committed(settled);
      index.follow(settled);
    },
    failed,
  });
  index.follow(settled);
  const read = (pragma: string): unknown => Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
  return {
    ...readIdentity(db),
    facts: {
      file,
      sqlite: db.prepare('SELECT sqlite_version() AS version').get()?.['version'],
      journal: read('journal_mode'),
      synchronous: read('synchronous'),
      checked: isChecked,
      ...(restored ? { restored } : {}),
    },
    call: (calls: readonly Call[]) => commits.add(calls),
    async close() {
      await commits.settled();
      index.close();
      witness.close();
      db.close();
      soundness.left();
      hold[Symbol.dispose]();
    },
  };
});
