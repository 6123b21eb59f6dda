import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAboutConversation } from '../../server/domain/permissions.js';
import { compareAnswers } from '../bench/uniform.js';
import { startServer } from '../support/server.js';
import { commandNames } from './command-payloads.js';

/** Calls of each command each way; `PARLEY_TEST_RUNS=10000` for as many as the list asks for. */
const CALLS = Math.max(60, Number(process.env['PARLEY_TEST_RUNS'] ?? 0));
/** ms */
const MOST = 1;
/** What else the machine does makes a difference once; one that gives something away is there each time. */
const TRIES = 3;

test(`[attack 38] the medians of ${CALLS} answers about what is not mine and about what does not exist differ by less than ${MOST} ms`, async (t) => {
  const server = await startServer();
  t.after(() => server.close());
  const [owner, stranger] = await Promise.all(['owner', 'stranger', 'bob', 'dave'].map((user) => server.connect(user)));
  assert.ok(owner && stranger);
  const conversation = await owner.startConversation('bob', 'dave');
  await Promise.all(Array.from({ length: 100 }, (_, index) => owner.send(conversation, `entry ${index}`)));
  for (const command of commandNames.filter(isAboutConversation)) {
    const differences: number[] = [];
    while (differences.length < TRIES && (differences.at(-1) ?? MOST) >= MOST) {
      const { sameBytes, difference } = await compareAnswers(command, stranger, conversation, CALLS);
      assert.ok(sameBytes, command);
      differences.push(difference);
    }
    assert.ok(Math.min(...differences) < MOST, `${command}: ${differences.map((each) => each.toFixed(3)).join(', ')} ms`);
  }
});
