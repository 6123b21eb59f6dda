import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MailServer } from '../support/mail-server.js';
import { prepareGround } from './ground.js';
import { say } from './watch.js';

/** Each page is opened before the rule changes and never reloaded. */
describe('a change of the rules of the tenant holds in the open page', { timeout: 120_000 }, () => {
  const post = new MailServer();
  before(() => post.open());
  after(() => post.close());
  const ground = prepareGround(() => ({ PARLEY_SMTP_URL: post.url, PARLEY_MAIL_FROM: 'parley@clinic.example' }));

  it('[E1] switched off nothing of it is left, in no element; switched on everything is back', async () => {
    const tenant = ground.tenant('enabled');
    const bob = await tenant.signIn('bob');
    await tenant.signIn('cleo');
    const ada = await tenant.signIn('ada', { colleagues: ['bob'] });
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('while it is on');
    await bob.banner.waitFor();
    await tenant.decide({ enabled: false });
    const everything = 'parley-launcher, parley-chat-panel, parley-presence-badge, parley-banner';
    for (const { page } of [ada, bob]) {
      await page.waitForFunction(
        (selector) => [...document.querySelectorAll<HTMLElement>(selector)].every((one) => one.getClientRects().length === 0),
        everything,
      );
      assert.equal(await page.locator(everything).getByRole('button').filter({ visible: true }).count(), 0, 'no dead button');
    }
    await ada.page.locator('#notes').press('F9');
    assert.equal(await ada.panel.getByRole('region').filter({ visible: true }).count(), 0, 'not by its key, either');
    const late = await tenant.signIn('dora', { colleagues: ['bob'] });
    assert.equal(await late.page.locator(everything).getByRole('button').filter({ visible: true }).count(), 0);
    await tenant.decide({ enabled: true });
    await late.launcher.waitFor();
    await bob.untilUnread(1);
    await ada.line('while it is on').waitFor();
    await ada.write('on again');
    await bob.untilUnread(2);
    await ada.badge('bob').getByRole('button').waitFor();
  });

  it('[E1] a dialog that is open when it is switched off does not hold the page of the host', async () => {
    const tenant = ground.tenant('enabled-dialog');
    const ada = await tenant.signIn('ada');
    await ada.openPanel();
    await ada.button('Settings').click();
    await ada.panel.getByRole('dialog', { name: 'Settings' }).waitFor();
    await tenant.decide({ enabled: false });
    await ada.launcher.waitFor({ state: 'detached' });
    await ada.page.locator('#notes').click();
    await ada.page.keyboard.type('at work');
    assert.equal(await ada.page.locator('#notes').inputValue(), 'at work');
    await tenant.decide({ enabled: true });
    await ada.launcher.waitFor();
    assert.equal(await ada.panel.getByRole('dialog', { name: 'Settings' }).count(), 0);
  });

  it('[E3] who is about to start a chat when the right is taken away stands before the list again', async () => {
    const tenant = ground.tenant('initiate-form');
    const ada = await tenant.signIn('ada', { claims: { initiate: undefined } });
    await ada.openPanel();
    await ada.button('New chat').click();
    await ada.button('Start chat').waitFor();
    await tenant.decide({ initiate: 'authorised' });
    await ada.panel.getByText('No chats yet. Others can write to you.').waitFor();
    assert.equal(await ada.panel.getByRole('button', { name: 'Start chat' }).count(), 0);
  });

  it('[E3] [E2] [B13] who may not start chats any more finds no button that would, and still answers; with the right it is all back', async () => {
    const tenant = ground.tenant('initiate');
    const bob = await tenant.signIn('bob');
    await tenant.signIn('cleo');
    await tenant.person('ada');
    await tenant.put('groups/ward', { name: 'Ward', kind: 'resource', members: ['ada', 'bob', 'cleo'] });
    const ada = await tenant.signIn('ada', { colleagues: ['bob', 'cleo'], group: 'ward', claims: { initiate: undefined } });
    await say(bob.page, await bob.startChat(['ada']), ['I may start']);
    const table = ada.page.locator('parley-people');
    await table.getByRole('button', { name: 'Start group chat' }).waitFor();
    await ada.openPanel();
    await ada.entry(/Bob/).waitFor();
    const contacts = ada.panel.getByRole('tab', { name: 'Contacts' });
    const ways = async (): Promise<string[]> => {
      const there: [string, number][] = [
        ['New', await ada.panel.getByRole('button', { name: 'New chat' }).count()],
        ['group chat', await table.getByRole('button', { name: 'Start group chat' }).count()],
        ['name in the table', await table.getByRole('button', { name: 'Cleo' }).count()],
        ['badge', await ada.badge('cleo').getByRole('button').count()],
      ];
      return there.filter(([, count]) => count > 0).map(([name]) => name);
    };
    await ada.badge('cleo').getByRole('button').waitFor();
    assert.deepEqual(await ways(), ['New', 'group chat', 'name in the table', 'badge']);

    await tenant.decide({ initiate: 'authorised' });
    await ada.badge('cleo').getByRole('button').waitFor({ state: 'detached' });
    await table.getByRole('button', { name: 'Start group chat' }).waitFor({ state: 'detached' });
    await ada.panel.getByRole('button', { name: 'New chat' }).waitFor({ state: 'detached' });
    assert.deepEqual(await ways(), []);
    await ada.panel.getByRole('combobox', { name: 'Search people and chats' }).fill('Cleo');
    await ada.panel.getByText('Nothing found for “Cleo”. You may take part in chats but not start one.').waitFor();
    await ada.button('Clear the search').click();
    await contacts.click();
    await ada.panel.getByRole('searchbox', { name: 'Search people' }).fill('Cleo');
    const row = ada.panel.getByRole('row', { name: /^Cleo/ });
    await row.click({ button: 'right' });
    await ada.panel.getByRole('menuitem', { name: 'Add to favourites' }).waitFor();
    assert.equal(await ada.panel.getByRole('menuitem', { name: /New message/ }).count(), 0, 'nor in the menu of a contact');
    await ada.page.keyboard.press('Escape');

    await ada.panel.getByRole('tab', { name: /^Chats/ }).click();
    await ada.entry(/Bob/).click();
    await ada.write('and I answer');
    await bob.openPanel();
    await bob.entry(/Ada.*and I answer/).waitFor();

    await tenant.decide({ initiate: 'everyone' });
    await ada.badge('cleo').getByRole('button').click();
    await ada.panel.getByRole('heading', { name: 'Cleo' }).waitFor();
    await table.getByRole('button', { name: 'Start group chat' }).waitFor();
  });

  it('[E3] who may start by the directory or the token keeps every way', async () => {
    const tenant = ground.tenant('authorised');
    await tenant.person('bob');
    await tenant.person('ada', { initiate: true });
    const ada = await tenant.signIn('ada', { colleagues: ['bob'], claims: { initiate: undefined } });
    const cleo = await tenant.signIn('cleo', { colleagues: ['bob'], claims: { initiate: undefined } });
    await cleo.badge('bob').getByRole('button').waitFor();
    await tenant.decide({ initiate: 'authorised' });
    await cleo.badge('bob').getByRole('button').waitFor({ state: 'detached' });
    await ada.badge('bob').getByRole('button').click();
    await ada.write('I may');
  });

  it('[S4] the reminder of the tenant appears, changes and goes in the open chat', async () => {
    const tenant = ground.tenant('notice');
    await tenant.person('bob');
    const ada = await tenant.signIn('ada');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.composer.fill('half a wo');
    const reminder = ada.panel.locator('[part="conduct-notice"]');
    assert.equal(await reminder.count(), 0);
    for (const notice of ['Chats are kept. Stay professional.', 'Chats are part of the record.']) {
      await tenant.decide({ notice });
      await reminder.filter({ hasText: notice }).waitFor();
    }
    await tenant.decide({ notice: '' });
    await reminder.waitFor({ state: 'detached' });
    assert.equal(await ada.composer.inputValue(), 'half a wo');
  });

  it('[B18] export forbidden takes the arrow away; allowed for some domains only those are taken', async () => {
    const tenant = ground.tenant('export');
    await tenant.person('bob');
    const ada = await tenant.signIn('ada');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('for some');
    await ada.button('Send history').waitFor();
    await tenant.decide({ export: { allowed: false, domains: [] } });
    await ada.panel.getByRole('button', { name: 'Send history' }).waitFor({ state: 'detached' });
    await tenant.decide({ export: { allowed: true, domains: ['clinic.example'] } });
    await ada.button('Send history').click();
    const dialog = ada.panel.getByRole('dialog', { name: 'Send history' });
    await dialog.getByRole('combobox').fill('a@elsewhere.example');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.getByText('Your organisation does not let this be sent there.').waitFor();
    await dialog.getByRole('button', { name: 'Remove a@elsewhere.example' }).click();
    await dialog.getByRole('combobox').fill('a@clinic.example');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await ada.line('You sent the history to a@clinic.example').waitFor();
    await post.until(() => post.mails.length === 1, 'the mail');
    assert.deepEqual(post.mails[0]?.to, ['a@clinic.example']);
  });

  it('[B15] [B6] how one enters a group, and who sees presence, change for pages that are open', async () => {
    const tenant = ground.tenant('join-presence');
    const bob = await tenant.signIn('bob');
    await tenant.person('cleo');
    const ada = await tenant.signIn('ada', { colleagues: ['bob'] });
    await ada.badge('bob').getByRole('button', { name: 'Bob: Available. Start chat' }).waitFor();
    await tenant.decide({ presence: 'consent', join: 'invite' });
    await ada.badge('bob').getByRole('button', { name: 'Bob: Offline. Start chat' }).waitFor();
    await ada.startChat(['bob', 'cleo'], 'By invitation');
    await bob.banner.filter({ hasText: 'Ada invites you to a chat' }).waitFor();
    await tenant.decide({ presence: 'open', join: 'direct' });
    await ada.badge('bob').getByRole('button', { name: 'Bob: Available. Start chat' }).waitFor();
    await ada.startChat(['bob', 'cleo'], 'At once');
    await bob.openPanel();
    await bob.entry(/At once/).waitFor();
    const invitations = bob.panel.locator('parley-invitations').getByRole('listitem');
    // They are loaded when there is one.
    await invitations.first().waitFor();
    assert.equal(await invitations.count(), 1);
  });
});
