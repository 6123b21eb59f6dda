import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Backing } from '../faults/subjects/backing.js';
import { Subject, type Engine } from '../faults/subjects/subject.js';
import type { Figures } from './job.js';
import { summary } from './statistics.js';
import { load } from './subjects.js';

const HELP = `node dist/test/bench/nodes.js [--rounds N] [--json]

The durable load and the latency of \`npm run bench\` on SQLite and on PostgreSQL, with one node and with three, all through the same TCP
proxy on this machine. Nodes share its processors here, so more of them are no faster: what is seen is what an engine and a hop cost.`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const GROUNDS: readonly { name: string; engine: Engine; nodes: number }[] = [
  { name: 'SQLite, 1 node', engine: 'sqlite', nodes: 1 },
  { name: 'PostgreSQL, 1 node', engine: 'postgres', nodes: 1 },
  { name: 'PostgreSQL, 3 nodes', engine: 'postgres', nodes: 3 },
];

async function measure(ground: (typeof GROUNDS)[number], backing: Backing, scenario: string): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-nodes-'));
  const subject = await Subject.start({ ...ground, folder, backing });
  try {
    const { url, secret } = subject;
    return await load({ scenario, url, secret, pid: subject.nodes[0]?.pid ?? 0, seconds: 6, warmUpSeconds: 2, count: 0 });
  } finally {
    await subject.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const backing = await Backing.start();
  const rows: { name: string; perSecond: number; p50: number; p99: number; missing: number }[] = [];
  try {
    for (const ground of GROUNDS) {
      const found: { durable: Figures; latency: Figures }[] = [];
      for (let round = 0; round < Number(values.rounds); round += 1)
        found.push({ durable: await measure(ground, backing, 'durable'), latency: await measure(ground, backing, 'latency') });
      const median = (of: (one: (typeof found)[number]) => number | undefined): number =>
        summary(found.map((one) => of(one) ?? NaN)).median;
      rows.push({
        name: ground.name,
        perSecond: median(({ durable }) => durable['perSecond']),
        p50: median(({ latency }) => latency['p50 at 200']),
        p99: median(({ latency }) => latency['p99 at 200']),
        missing: found.reduce((sum, { durable, latency }) => sum + durable.missing + latency.missing, 0),
      });
    }
  } finally {
    await backing.close();
  }
  for (const { name, perSecond, p50, p99, missing } of rows) {
    const figures = `${perSecond.toFixed(0).padStart(7)}/s accepted and delivered  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`;
    console.log(`${name.padEnd(20)} ${figures}  missing ${String(missing)}`);
  }
  if (values.json) console.log(JSON.stringify({ rows }));
  return rows.every(({ missing }) => missing === 0) ? 0 : 1;
}

if (values.help) console.log(HELP);
else process.exitCode = await main();
