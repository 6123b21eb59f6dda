import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../support/eventually.js';
import { prepareGround } from './ground.js';
import { boxOf, coloursOf, leaveAndRead, reasonOf } from './masking.js';
import { readDocument } from './residue.js';
import type { Tenant } from './tenant.js';
import type { Visitor } from './visitor.js';

const SECRET = 'the biopsy was malignant';
const TYPED = 'half a sentence';

/** Bob's chat with Ada is open before him, with what both wrote and what he has not sent. */
async function atWork(tenant: Tenant): Promise<{ ada: Visitor; bob: Visitor }> {
  await tenant.person('cleo');
  const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
  await ada.openPanel();
  await ada.chatWith('Bob');
  await ada.write(SECRET);
  await bob.openPanel();
  await bob.entry(/Ada/).click();
  await bob.line(SECRET).waitFor();
  await bob.composer.fill(TYPED);
  return { ada, bob };
}

describe('a workstation that several people use', { timeout: 180_000 }, () => {
  const ground = prepareGround();

  for (const [name, leaving] of [
    ['locking', 'lock'],
    ['ending', 'end'],
    ['switching', { switchTo: 'cleo' }],
  ] as const) {
    it(`[G14] ${name} masks everything before the next frame: document, shadow roots, fields and pixels`, async () => {
      const { bob } = await atWork(ground.tenant(`mask-${name}`));
      const place = await boxOf(bob.line(SECRET));
      assert.ok((await coloursOf(bob.page, place)) > 2, 'it can be read before');
      const shown = await leaveAndRead(bob.page, leaving);
      for (const word of [SECRET, TYPED, 'Ada']) assert.ok(!shown.includes(word), `“${word}” is still in the document`);
      assert.equal(await coloursOf(bob.page, place), 1, 'nothing is painted there');
    });
  }

  it('[G14] unlocked by the same person, everything is as it was, with what they were writing and what came meanwhile', async () => {
    const { ada, bob } = await atWork(ground.tenant('unlock'));
    const told = await bob.page.evaluateHandle(() => {
      const list: boolean[] = [];
      document.addEventListener('parley-lock-change', ({ detail }) => list.push(detail.locked));
      return list;
    });
    await bob.page.evaluate(() => document.querySelector('parley-session')?.lock());
    await bob.panel.getByText('Locked', { exact: true }).waitFor();
    assert.equal(await reasonOf(bob), 'user-locked');
    await ada.write('are you still there?');
    await bob.page.evaluate(() =>
      document
        .querySelector('parley-session')
        ?.client?.connect()
        .catch(() => undefined),
    );
    assert.equal(await reasonOf(bob), 'user-locked', 'to connect is not to unlock');
    assert.equal((await readDocument(bob.page)).includes('are you still there'), false);
    await bob.page.evaluate(() => document.querySelector('parley-session')?.unlock());
    for (const text of [SECRET, 'are you still there?']) await bob.line(text).waitFor();
    await bob.composer.and(bob.page.getByRole('textbox')).waitFor();
    assert.equal(await bob.composer.inputValue(), TYPED);
    await bob.composer.press('Enter');
    await ada.line(TYPED).waitFor();
    assert.deepEqual(await told.jsonValue(), [true, false]);
  });

  it('[G14] a token of somebody else at unlock ends the session, and nothing of either is shown', async () => {
    const { bob } = await atWork(ground.tenant('unlock-other'));
    const code = await bob.page.evaluate(async () => {
      const session = document.querySelector('parley-session');
      if (!session) return null;
      session.lock();
      session.token = window.eyes.tokenOf('cleo');
      return session.unlock().then(
        () => 'unlocked',
        (error: unknown) => (error as { code?: string }).code,
      );
    });
    assert.equal(code, 'WRONG_USER');
    const shown = await readDocument(bob.page);
    for (const word of [SECRET, TYPED, 'Ada', 'Cleo']) assert.ok(!shown.includes(word), `“${word}” is in the document`);
    const again = await bob.page.evaluate(async () => {
      const session = document.querySelector('parley-session');
      if (session) session.token = window.eyes.tokenOf('bob');
      return session?.unlock().then(
        () => 'unlocked',
        (error: unknown) => (error as { code?: string }).code,
      );
    });
    assert.equal(again, 'SESSION_ENDED', 'there is nothing left to unlock');
    await bob.page.evaluate(() => document.querySelector('parley-session')?.connect());
    await bob.entry(/Ada/).click();
    await bob.line(SECRET).waitFor();
    await eventually(async () => ((await bob.composer.inputValue()) === TYPED ? true : undefined), 'what they had typed, from this device');
  });

  it('[G11] what was on its way when it was locked goes on its way when it is unlocked, once', async () => {
    const { ada, bob } = await atWork(ground.tenant('unlock-unsent'));
    await bob.composer.fill('sent at the last moment');
    await bob.composer.press('Enter');
    await bob.page.evaluate(() => document.querySelector('parley-session')?.lock());
    await bob.page.evaluate(() => document.querySelector('parley-session')?.unlock());
    await bob.line('sent at the last moment').waitFor();
    await ada.line('sent at the last moment').waitFor();
    assert.equal(await ada.timeline.getByText('sent at the last moment', { exact: true }).count(), 1);
  });

  it('[G14] who is back after a long time is asked for, and locked out until the host knows', async () => {
    const { bob } = await atWork(ground.tenant('confirm'));
    const asked = await bob.page.evaluateHandle(() => {
      const list: { user: string; idle: number }[] = [];
      document.addEventListener('parley-user-confirm', (event) => {
        list.push(event.detail);
        if (list.length > 1) event.preventDefault();
      });
      const session = document.querySelector('parley-session');
      if (session) session.confirmAfter = 400;
      return list;
    });
    const back = async (): Promise<void> => {
      await bob.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 450)));
      await bob.page.mouse.move(5 + Math.random() * 90, 5);
      await bob.page.mouse.move(120, 5);
    };
    await back();
    const [first] = await asked.jsonValue();
    assert.equal(first?.user, 'bob');
    assert.ok(first.idle > 400);
    assert.equal(await bob.line(SECRET).isVisible(), true, 'a host that does not answer does not want it');
    await back();
    assert.equal(await reasonOf(bob), 'user-locked');
    assert.equal((await readDocument(bob.page)).includes(SECRET), false);
    await bob.page.evaluate(() => document.querySelector('parley-session')?.unlock());
    await bob.line(SECRET).waitFor();
    await bob.page.evaluate(() => {
      const session = document.querySelector('parley-session');
      if (session) session.confirmAfter = 0;
    });
    await back();
    assert.equal((await asked.jsonValue()).length, 2, '0 is never');
  });
});
