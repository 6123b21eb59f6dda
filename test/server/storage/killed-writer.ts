import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import { message } from './builders.js';

/** Writes as fast as it can into the conversations named, and prints what was acknowledged, until it is killed. */
const [file = '', ...conversations] = process.argv.slice(2);
const storage = await openSqliteStorage({ file });

async function write(conversation: string, author: string): Promise<void> {
  for (;;) {
    const sent = message(conversation, author);
    const result = await storage.append(sent);
    if (result.status === 'appended') process.stdout.write(`${conversation} ${result.entry.seq} ${sent.cid}\n`);
  }
}

await Promise.all(
  conversations.flatMap((conversation) => Array.from({ length: 5 }, (_, number) => write(conversation, number % 2 ? 'ann' : 'bob'))),
);
