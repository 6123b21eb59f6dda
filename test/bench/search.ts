import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DatabaseSync } from 'node:sqlite';
import { EntryWriter } from '../../server/storage/sqlite/entry-writer.js';
import { openReader, openWriter } from '../../server/storage/sqlite/connection.js';
import { MessageIndexer } from '../../server/storage/sqlite/message-index.js';
import { MessageSearcher } from '../../server/storage/sqlite/message-search.js';
import { migrate } from '../../server/storage/sqlite/migrations.js';
import { cid } from '../server/storage/builders.js';
import { seededRandom } from '../support/random.js';
import { percentile } from './statistics.js';

const HELP = `node dist/test/bench/search.js [--entries N]

Fills a store with N entries (default 1,000,000) in 2,000 conversations of very different length, indexes it as a server does with a store
that was made before there was an index, and searches as somebody who is in half of the conversations.`;

const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' }, help: { type: 'boolean', default: false } } });
const TENANT = 'north';
const CONVERSATIONS = 2_000;
const VOCABULARY = 20_000;
const WORDS = 12;
const ROUNDS = 20;

const random = seededRandom(7);
/** Few are frequent and most are rare, as words of a language and conversations of a hospital are. */
const skewed = (below: number): number => Math.min(below - 1, Math.floor(Math.exp(random.next() * Math.log(below + 1))) - 1);
const words = Array.from({ length: VOCABULARY }, (_, number) =>
  Array.from({ length: 3 + (number % 7) }, () => String.fromCharCode(97 + random.below(26))).join(''),
);

function fill(db: DatabaseSync, entries: number): void {
  const log = Array.from({ length: CONVERSATIONS }, (_, number) => ({
    id: number + 1,
    tenant: TENANT,
    uuid: randomUUID(),
    head: 0,
    chain: new Uint8Array(32),
    updatedAt: 0,
  }));
  const writer = new EntryWriter(db);
  db.exec('BEGIN');
  const conversation = db.prepare(
    `INSERT INTO conversations (id, tenant, uuid, kind, creator, cid, head, chain, member_count, updated_at) VALUES (?, ?, ?, 'group', 'ann', ?, 0, ?, 1, 0)`,
  );
  const member = db.prepare(
    `INSERT INTO members (tenant, conversation, user_id, joined, intervals, delivered, read) VALUES (?, ?, ?, 1, '[[1,null]]', 0, 0)`,
  );
  for (const { id, uuid, chain } of log) {
    conversation.run(id, TENANT, uuid, cid(), chain);
    member.run(TENANT, id, id % 2 === 0 ? 'ann' : 'bob');
  }
  for (let number = 0; number < entries; number += 1) {
    const place = log[skewed(CONVERSATIONS)] ?? log[0];
    if (!place) break;
    const text = Array.from({ length: WORDS }, () => words[skewed(VOCABULARY)]).join(' ');
    writer.write(place, { author: 'ann', cid: cid(), body: { kind: 'message', text, links: [] } });
    place.head += 1;
    if (number % 10_000 === 9_999) db.exec('COMMIT; BEGIN');
  }
  db.exec('COMMIT');
}

/** Milliseconds by the clock, and of the processor: on a machine with neighbours the second tells more. */
function time(run: () => number): { hits: number; median: number; worst: number; processor: number } {
  let hits = 0;
  const before = process.cpuUsage();
  const taken = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    hits = run();
    return performance.now() - started;
  });
  const { user, system } = process.cpuUsage(before);
  return { hits, median: percentile(taken, 0.5), worst: Math.max(...taken), processor: (user + system) / 1_000 / ROUNDS };
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'parley-search-'));
  const file = join(folder, 'parley.db');
  try {
    const db = openWriter(file);
    migrate(db);
    fill(db, Number(values.entries));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const before = statSync(file).size;
    const index = new MessageIndexer(db, (error) => console.error(error));
    let longest = 0;
    const started = performance.now();
    for (let more = true; more;) {
      const step = performance.now();
      more = index.step();
      longest = Math.max(longest, performance.now() - step);
    }
    const seconds = (performance.now() - started) / 1_000;
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const grown = (statSync(file).size - before) / 1e6;
    console.log(`${values.entries} entries, ${(before / 1e6).toFixed(0)} MB`);
    console.log(`indexed in ${seconds.toFixed(1)} s, longest step ${longest.toFixed(1)} ms, ${grown.toFixed(0)} MB more\n`);
    const searcher = new MessageSearcher(openReader(file));
    const rare = words[VOCABULARY - 100] ?? '';
    const searches: [name: string, text: string][] = [
      ['the most frequent word', words[0] ?? ''],
      ['one letter', 'a'],
      ['a rare word', rare],
      ['the beginning of a rare word', rare.slice(0, 3)],
      ['two frequent words', `${words[0] ?? ''} ${words[1] ?? ''}`],
      ['a frequent and a rare word', `${words[0] ?? ''} ${rare}`],
      ['a word that nobody wrote', 'zzzzzzzzzzzz'],
    ];
    for (const [name, text] of searches) {
      const { hits, median, worst, processor } = time(() => searcher.search(TENANT, 'ann', { text, limit: 50 })?.hits.length ?? 0);
      const figures = `median ${median.toFixed(1)} ms  worst ${worst.toFixed(1)} ms  processor ${processor.toFixed(1)} ms`;
      console.log(`${name.padEnd(30)} ${String(hits).padStart(3)} hits  ${figures}`);
    }
    db.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (values.help) console.log(HELP);
else main();
