import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';

const asModule = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

const SLOW_CLOCK = asModule('const now = Date.now; Date.now = () => now() - 3 * 86_400_000;');

/**
 * Sets the clock of the store, whose threads are its own, three days back: what is written then is that old afterwards. The clock of the main
 * thread stays, by which tokens are judged.
 */
const THREE_DAYS_AGO = asModule(`
  import threads from 'node:worker_threads';
  import { syncBuiltinESMExports } from 'node:module';
  threads.Worker = class extends threads.Worker {
    constructor(file, options) {
      super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--import', ${JSON.stringify(SLOW_CLOCK)}] });
    }
  };
  syncBuiltinESMExports();
`);

describe('what is older than the tenant shows', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[S3] is hidden in the open page when the rule comes, in chat, list and search, and there again when it goes', async () => {
    const tenant = ground.tenant('visible-days');
    await ground.stage.killServer();
    await ground.stage.startServer(['--import', THREE_DAYS_AGO]);
    const ada = await tenant.signIn('ada');
    await tenant.person('bob');
    await tenant.person('cleo');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('old and alone');
    await ada.button('Back').click();
    await ada.startChat(['bob', 'cleo'], 'Ward 3');
    await ada.entry(/Ward 3/).click();
    await ada.write('old haematoma');
    const states = ada.timeline.locator('[part~="state"]');
    await states.filter({ hasText: /^\s*Sent\s*$/ }).waitFor();
    await ground.stage.killServer();
    await ground.stage.startServer();
    await ada.write('new haematoma');
    await states
      .filter({ hasText: /^\s*Sent\s*$/ })
      .nth(1)
      .waitFor();

    await tenant.decide({ visibleDays: 1 });
    await ada.timeline.getByText('old haematoma').waitFor({ state: 'detached' });
    await ada.line('new haematoma').waitFor();
    await ada.button('Back').click();
    await ada
      .entry(/Ward 3/)
      .filter({ hasText: 'new haematoma' })
      .waitFor();
    const list = ada.panel.locator('parley-chat-list');
    await list.getByText('old and alone').waitFor({ state: 'detached' });
    await ada.panel.getByRole('combobox', { name: 'Search people and chats' }).fill('haematoma');
    await list.getByRole('option').filter({ hasText: 'new haematoma' }).waitFor();
    assert.equal(await list.getByText('old haematoma').count(), 0, 'nor by the search');
    await ada.button('Clear the search').click();
    await ada.entry(/Ward 3/).click();
    await ada.line('new haematoma').waitFor();
    assert.equal(await ada.timeline.getByText('old haematoma').count(), 0);

    await tenant.decide({ visibleDays: null });
    await ada.line('old haematoma').waitFor();
    await ada.button('Back').click();
    await ada.entry(/Bob.*old and alone/).click();
    await ada.line('old and alone').waitFor();
  });
});
