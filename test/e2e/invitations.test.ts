import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';
import type { Visitor } from './visitor.js';

/** Chooses people above the list and starts a chat with all of them. */
async function startGroup(visitor: Visitor, names: readonly string[], title: string): Promise<void> {
  await visitor.button('New chat').click();
  for (const name of names) {
    await visitor.panel.getByRole('combobox', { name: 'Add people' }).fill(name);
    await visitor.panel.getByRole('option', { name: new RegExp(name) }).click();
  }
  await visitor.panel.getByRole('textbox', { name: 'Title (optional)' }).fill(title);
  await visitor.button('Start chat').click();
  await visitor.panel.getByRole('heading', { name: title }).waitFor();
}

function card(visitor: Visitor, title: string) {
  return visitor.panel.locator('parley-invitations').getByRole('listitem').filter({ hasText: title });
}

describe('a chat that one is asked to join', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[B15] [B16] [B17] [B11] card and banner at the other side, Join, the arrival is seen, and the history begins there', async () => {
    const tenant = ground.tenant('join');
    await tenant.decide({ join: 'invite' });
    const [ada, bob, cleo] = [await tenant.signIn('ada'), await tenant.signIn('bob'), await tenant.signIn('cleo')];
    await ada.openPanel();
    await startGroup(ada, ['Bob', 'Cleo'], 'Tumour board');
    await ada.write('before anybody came');

    await bob.banner.filter({ hasText: 'Ada invites you to a chat' }).waitFor();
    await bob.banner.getByRole('button', { name: 'Open' }).click();
    await card(bob, 'Tumour board').waitFor();
    assert.equal(await bob.panel.getByRole('option').count(), 0, 'it is no chat of theirs before they join');
    await bob.button('Join', card(bob, 'Tumour board')).click();
    await bob.panel.getByRole('heading', { name: 'Tumour board' }).waitFor();
    await ada.line('Bob joined').waitFor();
    await bob.line(/Bob joined|You joined/).waitFor();
    await ada.write('after Bob came');
    await bob.line('after Bob came').waitFor();
    assert.equal(await bob.timeline.getByText('before anybody came').count(), 0, 'B17: not what was written before');
    await bob.banner.waitFor({ state: 'detached' });

    await cleo.openPanel();
    await cleo.button('Decline', card(cleo, 'Tumour board')).click();
    await ada.line('Cleo declined the invitation').waitFor();
    await card(cleo, 'Tumour board').waitFor({ state: 'detached' });
    const people = await ada.openPeople();
    await people.getByRole('listitem').filter({ hasText: 'Cleo' }).waitFor({ state: 'detached' });
    assert.equal(await people.getByRole('listitem').count(), 2, 'Ada and Bob');
  });

  it('[B12] [B13] [B14] everybody in it may invite others while it goes on; nobody else finds it', async () => {
    const tenant = ground.tenant('invite');
    await tenant.decide({ join: 'invite' });
    const [ada, bob, cleo] = [await tenant.signIn('ada'), await tenant.signIn('bob'), await tenant.signIn('cleo')];
    await tenant.person('dora');
    await ada.openPanel();
    await startGroup(ada, ['Bob', 'Dora'], 'Stroke call');
    await bob.openPanel();
    await bob.button('Join', card(bob, 'Stroke call')).click();
    await cleo.openPanel();
    await cleo.panel.getByRole('combobox', { name: 'Search people and chats' }).fill('Stroke');
    await cleo.panel.getByText('Nothing found for “Stroke”.').waitFor();
    await cleo.panel.getByRole('button', { name: 'Clear the search' }).click();
    assert.equal(await cleo.panel.locator('parley-invitations').count(), 0);

    const people = await bob.openPeople();
    await people.getByRole('button', { name: 'Add people' }).click();
    await people.getByRole('combobox').fill('Cleo');
    await people.getByRole('option', { name: /Cleo/ }).click();
    await people.getByRole('button', { name: 'Invite', exact: true }).click();
    await ada.line('Bob invited Cleo').waitFor();
    await card(cleo, 'Bob invites you to “Stroke call”').waitFor();
    const invited = await ada.openPeople();
    await invited.getByRole('listitem').filter({ hasText: 'Cleo' }).getByText('Invited').waitFor();
    await cleo.button('Join', card(cleo, 'Stroke call')).click();
    await ada.line('Cleo joined').waitFor();
    await cleo.write('here I am');
    for (const visitor of [ada, bob]) await visitor.line('here I am').waitFor();
  });

  it('[B22] who leaves hears no more of it and keeps their part; the others see it', async () => {
    const tenant = ground.tenant('leave');
    await tenant.decide({ join: 'invite' });
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
    await tenant.person('cleo');
    await ada.openPanel();
    await startGroup(ada, ['Bob', 'Cleo'], 'Ward round');
    await bob.openPanel();
    await bob.button('Join', card(bob, 'Ward round')).click();
    await ada.line('Bob joined').waitFor();
    await ada.write('good morning');
    await bob.line('good morning').waitFor();
    const people = await bob.openPeople();
    await people.getByRole('button', { name: 'Leave chat' }).click();
    await people.getByRole('button', { name: 'Leave', exact: true }).click();
    await bob.panel.getByText('Left', { exact: true }).first().waitFor();
    await ada.line('Bob left').waitFor();
    await ada.write('said without Bob');
    await ada.timeline
      .locator('[part~="state"]')
      .filter({ hasText: /Sent|Delivered/ })
      .first()
      .waitFor();
    await bob.entry(/Ward round/).click();
    await bob.line('good morning').waitFor();
    await bob.panel.getByText('You have left this chat. You can still read your part.').waitFor();
    assert.equal(await bob.timeline.getByText('said without Bob').count(), 0);
    await bob.untilUnread(0);
  });

  it('[S11] where nobody is asked, several contacts are in a new chat at once', async () => {
    const tenant = ground.tenant('direct');
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
    await tenant.signIn('cleo');
    await ada.openPanel();
    await ada.panel.getByRole('tab', { name: 'Contacts' }).click();
    for (const name of ['Bob', 'Cleo']) {
      await ada.panel.getByRole('searchbox', { name: 'Search people' }).fill(name);
      const row = ada.panel.getByRole('row', { name: new RegExp(name) });
      await row.hover();
      await row.getByRole('button', { name: `Add ${name} to favourites` }).click();
      await ada.panel.getByRole('button', { name: `Remove ${name} from favourites` }).waitFor();
    }
    await ada.button('Clear the search').click();
    await ada.panel.getByRole('row', { name: /Bob/ }).click({ modifiers: ['ControlOrMeta'] });
    await ada.panel.getByRole('row', { name: /Cleo/ }).click({ modifiers: ['ControlOrMeta'] });
    await ada.panel.getByRole('row', { name: /Cleo/ }).click({ button: 'right' });
    await ada.panel.getByRole('menuitem', { name: 'New message to 2 people' }).click();
    await ada.write('both of you');
    await bob.openPanel();
    assert.equal(await bob.panel.locator('parley-invitations').count(), 0, 'no invitation step');
    await bob.entry(/both of you/).click();
    await bob.line('both of you').waitFor();
  });
});
