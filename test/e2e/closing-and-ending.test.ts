import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';

describe('closing a chat, leaving it, ending it', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[B23] closing the tab and the window keeps the chats, with their history', async () => {
    const tenant = ground.tenant('close');
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada', { page: true })];
    await tenant.signIn('cleo');
    for (const name of ['Bob', 'Cleo']) {
      await ada.chatWith(name);
      await ada.write(`for ${name}`);
    }
    const tabs = ada.panel.getByRole('tablist', { name: 'Open chats' }).getByRole('tab');
    await tabs.nth(1).waitFor();
    assert.equal(await tabs.count(), 2);
    await tabs.filter({ hasText: 'Bob' }).press('Delete');
    await tabs.filter({ hasText: 'Bob' }).waitFor({ state: 'detached' });
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.write('still there?');
    await ada.entry(/Bob.*still there/).click();
    await ada.line('for Bob').waitFor();
    await ada.untilUnread(0);
    await bob.timeline.locator('[part~="state"]').filter({ hasText: 'Read' }).waitFor();
    await ada.page.close();
    await bob.write('and now?');
    const again = await tenant.signIn('ada');
    await again.untilUnread(1);
    await again.openPanel();
    await again.entry(/Bob/).click();
    for (const text of ['for Bob', 'still there?', 'and now?']) await again.line(text).waitFor();
    await again.write('of course');
    await bob.line('of course').waitFor();
  });

  it('[E15] the initiator ends it for all: everybody reads on, nobody writes, and a new chat is another one', async () => {
    const tenant = ground.tenant('end');
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob', { colleagues: ['ada'] })];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('first talk');
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.line('first talk').waitFor();
    await bob.button('People in this chat').click();
    await bob.panel.locator('parley-chat-people').getByRole('list').waitFor();
    assert.equal(await bob.panel.getByRole('button', { name: 'End chat for all' }).count(), 0, 'only its initiator may');
    await bob.page.keyboard.press('Escape');
    const people = await ada.openPeople();
    await people.getByRole('button', { name: 'End chat for all' }).click();
    await people.getByText('End this chat for everybody?').waitFor();
    await people.getByRole('button', { name: 'End chat for all' }).click();
    for (const visitor of [ada, bob]) {
      await visitor.line(/ended the chat for everyone/).waitFor();
      await visitor.panel.getByText('This chat has ended. You can still read it.').waitFor();
      assert.equal(await visitor.composer.count(), 0);
    }
    await bob.badge('ada').getByRole('button').click();
    await bob.composer.waitFor();
    assert.equal(await bob.timeline.getByText('first talk').count(), 0, 'another chat');
    await bob.write('second talk');
    await ada.untilUnread(1);
    await ada.button('Back').click();
    await ada.entry(/Bob.*second talk/).click();
    await ada.line('second talk').waitFor();
    await ada.write('answered');
    await bob.line('answered').waitFor();
  });

  it('[E15] [E6] what rang for a chat goes when the chat is ended, and it does not blink any more', async () => {
    const tenant = ground.tenant('end-rings');
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('never mind');
    await bob.banner.filter({ hasText: 'New message from Ada' }).waitFor();
    const people = await ada.openPeople();
    await people.getByRole('button', { name: 'End chat for all' }).click();
    await people.getByRole('button', { name: 'End chat for all' }).click();
    await ada.line(/ended the chat for everyone/).waitFor();
    await bob.banner.waitFor({ state: 'detached' });
    await bob.openPanel();
    await bob.panel.getByText('Session ended', { exact: true }).first().waitFor();
    await bob.entry(/Ada/).click();
    await bob.line('never mind').waitFor();
    await bob.untilUnread(0);
  });

  it('[E5] [M9] [E6] what was written to somebody signed out is there at once when they sign in', async () => {
    const tenant = ground.tenant('later');
    await tenant.person('bob');
    const ada = await tenant.signIn('ada');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('when you are back');
    await ada.timeline.locator('[part~="state"] button').click();
    await ada.panel.locator('parley-delivery-details').getByText('Queued until they sign in').waitFor();
    const bob = await tenant.signIn('bob');
    await bob.untilUnread(1);
    await bob.banner.filter({ hasText: 'New message from Ada' }).waitFor();
    await ada.panel.locator('parley-delivery-details').getByText('Delivered').waitFor();
    await bob.openPanel();
    await bob.entry(/Ada.*when you are back/).click();
    await bob.line('when you are back').waitFor();
    await bob.untilUnread(0);
    await ada.panel.locator('parley-delivery-details').getByText('Read').waitFor();
  });

  it('[E6] what was ended meanwhile is not delivered as new, and is found under “Session ended”', async () => {
    const tenant = ground.tenant('ended');
    await tenant.person('bob');
    const ada = await tenant.signIn('ada');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('too late for this');
    const people = await ada.openPeople();
    await people.getByRole('button', { name: 'End chat for all' }).click();
    await people.getByRole('button', { name: 'End chat for all' }).click();
    await ada.line(/ended the chat for everyone/).waitFor();
    const bob = await tenant.signIn('bob');
    await bob.openPanel();
    await bob.panel.getByText('Session ended', { exact: true }).first().waitFor();
    assert.equal(await bob.banner.count(), 0, 'no banner');
    await bob.entry(/Ada/).click();
    await bob.line('too late for this').waitFor();
    await bob.panel.getByText('This chat has ended. You can still read it.').waitFor();
    await bob.untilUnread(0);
  });
});
