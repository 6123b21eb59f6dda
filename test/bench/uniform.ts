import { randomUUID } from 'node:crypto';
import { isAboutConversation } from '../../server/domain/permissions.js';
import { mintToken } from '../../server/index.js';
import { commandNames, payloads } from '../server/command-payloads.js';
import { TestClient } from '../support/server.js';
import { percentile } from './statistics.js';
import { startParley } from './subjects.js';

/** The most by which the medians may differ, in milliseconds (attack 38). */
const MOST = 1;
const TENANT = 'demo';

interface Difference {
  command: string;
  calls: number;
  /** Medians in milliseconds. */
  notMine: number;
  missing: number;
  difference: number;
  sameBytes: boolean;
}

/**
 * Attack 38: whether a stranger can tell a conversation that exists from one that does not, by the bytes of the answer or by its time.
 * Each command about a conversation, `calls` times each way, in turn, so that whatever else the machine does falls on both alike.
 */
export async function measureUniform(calls: number, json: boolean): Promise<boolean> {
  const subject = await startParley();
  try {
    const connect = async (user: string) => {
      const token = await mintToken({ secret: subject.secret, sub: user, tenant: TENANT, name: `Name of ${user}`, lifetime: 900 });
      const client = new TestClient(subject.url, user, token);
      await client.ready();
      return client;
    };
    const [owner, stranger] = await Promise.all([connect('owner'), connect('stranger'), connect('bob'), connect('dave')]);
    const conversation = await owner.startConversation('bob', 'dave');
    for (let i = 0; i < 200; i++) await owner.send(conversation, `entry ${i}`);
    const rows: Difference[] = [];
    for (const command of commandNames.filter(isAboutConversation)) rows.push(await compareAnswers(command, stranger, conversation, calls));
    for (const { command, notMine, missing, difference, sameBytes } of rows)
      console.log(
        `${command.padEnd(22)} ${notMine.toFixed(3)} ms and ${missing.toFixed(3)} ms, differ by ${difference.toFixed(3)} ms${sameBytes ? '' : ', OTHER BYTES'}`,
      );
    const held = rows.every(({ difference, sameBytes }) => sameBytes && difference < MOST);
    console.log(`${held ? 'met' : 'FAILED'}: the same bytes, and medians of ${calls} calls each way differ by less than ${MOST} ms`);
    if (json) console.log(JSON.stringify({ passed: held, calls, rows }));
    for (const client of [owner, stranger]) client.close();
    return held;
  } finally {
    await subject.stop();
  }
}

/** Asks both ways in turn, so that whatever else the machine does falls on both alike. */
export async function compareAnswers(
  command: (typeof commandNames)[number],
  stranger: TestClient,
  conversation: string,
  calls: number,
): Promise<Difference> {
  const ids = [conversation, randomUUID()] as const;
  const times: [number[], number[]] = [[], []];
  const bytes = new Set<string>();
  for (let call = 0; call < calls; call++) {
    for (const which of call % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const about = { conversation: ids[which], other: 'bob', newcomer: 'dave', token: '' };
      const payload = { as: stranger.user, ...payloads[command](about) };
      const from = performance.now();
      const answer = await stranger.answer(command, payload);
      times[which].push(performance.now() - from);
      bytes.add(JSON.stringify(answer));
    }
  }
  const [notMine, missing] = [percentile(times[0], 0.5), percentile(times[1], 0.5)];
  return { command, calls, notMine, missing, difference: Math.abs(notMine - missing), sameBytes: bytes.size === 1 };
}
