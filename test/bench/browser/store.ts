import { openStorage } from '../../../server/storage/open-storage.js';
import type { Storage } from '../../../server/storage/storage.js';
import { cid } from '../../server/storage/builders.js';
import { TENANT } from '../stores/plan.js';
import { textOf } from './page/words.js';

export interface Filled {
  id: string;
  /** Number of the newest entry. */
  head: number;
}

/** Written together, so that they share commits. */
const BATCH = 2_000;

/** Makes a store with conversations of ann and bob of these lengths, read by ann up to their ends, and 1,000 colleagues, u0 and up. */
export async function fillStore(data: string, lengths: readonly number[]): Promise<Filled[]> {
  const storage = await openStorage(
    { data, databaseConnections: 1, migrate: true },
    { log: () => undefined, onCommit: () => undefined, onLost: () => undefined },
  );
  try {
    const colleagues = Array.from({ length: 1_000 }, (_, index) => `u${String(index)}`);
    const people = ['ann', 'bob', ...colleagues].map((id) => ({ id, name: id.replace(/^./, (letter) => letter.toUpperCase()) }));
    await storage.putPeople(TENANT, people);
    const filled: Filled[] = [];
    for (const length of lengths) filled.push(await fill(storage, length));
    return filled;
  } finally {
    await storage.close();
  }
}

async function fill(storage: Storage, length: number): Promise<Filled> {
  const title = `${String(length)} entries`;
  const made = await storage.createConversation({ tenant: TENANT, author: 'ann', cid: cid(), kind: 'group', members: ['bob'], title });
  if (made.status !== 'created') throw new Error(made.status);
  const id = made.conversation;
  let head = 1;
  while (head < length) {
    const batch = Array.from({ length: Math.min(BATCH, length - head) }, (_, index) => {
      const number = head + index;
      const author = number % 3 === 0 ? 'ann' : 'bob';
      return storage.append({
        tenant: TENANT,
        author,
        conversation: id,
        cid: cid(),
        body: { kind: 'message', text: textOf(number), links: [] },
      });
    });
    for (const { status } of await Promise.all(batch)) if (status !== 'appended') throw new Error(status);
    head += batch.length;
  }
  await storage.mark(TENANT, 'ann', id, { delivered: head, read: head });
  return { id, head };
}
