import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';

describe('where the chat is found and what it is', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[S1] [B3] the Chat button of the host toolbar opens the chat window, and closes it again', async () => {
    const ada = await ground.tenant('launch').signIn('ada');
    const chat = ada.panel.getByRole('region', { name: 'Chat', exact: true });
    assert.equal(await chat.count(), 0, 'closed at first');
    const bar = await ada.page.locator('header').boundingBox();
    const button = await ada.launcher.boundingBox();
    assert.ok(bar && button && button.y >= bar.y && button.y + button.height <= bar.y + bar.height, 'the button is in the toolbar');
    await ada.launcher.click();
    await chat.waitFor();
    await ada.panel.getByRole('tab', { name: 'Chats' }).waitFor();
    assert.equal(await ada.launcher.getAttribute('aria-expanded'), 'true');
    await ada.launcher.click();
    await chat.waitFor({ state: 'detached' });
    await ada.page.locator('#notes').press('F9');
    await chat.waitFor();
  });

  it('[E16] a link in the panel opens the document of the host on how it is used', async () => {
    const ada = await ground.tenant('help').signIn('ada');
    await ada.openPanel();
    const [help] = await Promise.all([
      ada.page.context().waitForEvent('page'),
      ada.panel.getByRole('link', { name: 'How we use the chat' }).click(),
    ]);
    await help.getByRole('heading', { name: 'How we use the chat' }).waitFor();
    await ada.panel.getByRole('tab', { name: 'Chats' }).waitFor();
  });

  it('[M8] [M3] a double-click on the presence in the page brings back the previous chat', async () => {
    const tenant = ground.tenant('double-click');
    const bob = await tenant.signIn('bob');
    const ada = await tenant.signIn('ada', { colleagues: ['bob'] });
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('said yesterday');
    await ada.button('Back').click();
    await ada.launcher.click();
    await ada.badge('bob').getByRole('button').dblclick();
    await ada.line('said yesterday').waitFor();
    await bob.untilUnread(1);
    await ada.write('and today');
    await bob.untilUnread(2);
    await bob.openPanel();
    await bob.panel.getByRole('option').first().waitFor();
    assert.equal(await bob.panel.getByRole('option').count(), 1, 'it is the same chat, not another one');
  });

  it('[E4] [E11] private and conference: all that anybody says is in the pane of everybody', async () => {
    const tenant = ground.tenant('kinds');
    const [ada, bob, cleo] = [await tenant.signIn('ada'), await tenant.signIn('bob'), await tenant.signIn('cleo')];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('for you alone');
    await ada.button('Back').click();
    await ada.button('New chat').click();
    const search = ada.panel.getByRole('combobox', { name: 'Add people' });
    for (const name of ['Bob', 'Cleo']) {
      await search.fill(name);
      await ada.panel.getByRole('option', { name: new RegExp(name) }).click();
    }
    await ada.panel.getByRole('textbox', { name: 'Title (optional)' }).fill('Night shift');
    await ada.button('Start chat').click();
    await ada.panel.getByRole('heading', { name: 'Night shift' }).waitFor();
    await ada.write('Ada is here');
    for (const [visitor, others] of [
      [bob, ['Night shift', 'Ada']],
      [cleo, ['Night shift']],
    ] as const) {
      await visitor.openPanel();
      for (const name of others) await visitor.entry(new RegExp(`^(?:.*\\n)?${name}`)).waitFor();
      await visitor.entry(/Night shift/).click();
      await visitor.write(`${visitor.user} is here`);
    }
    for (const visitor of [ada, bob, cleo]) {
      for (const text of ['Ada is here', 'bob is here', 'cleo is here']) await visitor.line(text).waitFor();
      assert.equal(await visitor.timeline.getByText('for you alone').count(), 0, 'what is private is not in the conference');
    }
    await cleo.button('Back').click();
    await cleo.entry(/Night shift/).waitFor();
    assert.equal(await cleo.panel.getByRole('option').count(), 1, 'who was not asked does not see the private chat');
  });

  it('[B37] a private chat needs no favourite, also where presence needs consent', async () => {
    const tenant = ground.tenant('no-favourite');
    await tenant.decide({ presence: 'consent' });
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.button('Ask Bob to share their status').waitFor();
    await ada.write('we do not know each other');
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.line('we do not know each other').waitFor();
    await bob.write('now we do');
    await ada.line('now we do').waitFor();
  });

  it('[B41] the own status stands below the own name, is Available at first, and its arrow opens all states', async () => {
    const ada = await ground.tenant('own-status').signIn('ada');
    await ada.openPanel();
    const [name, status] = [ada.status.getByText('Ada', { exact: true }), ada.status.getByText('Available', { exact: true })];
    const [above, below] = [await name.boundingBox(), await status.boundingBox()];
    assert.ok(above && below && below.y >= above.y + above.height - 1, 'below the name');
    assert.equal(await ada.status.locator('svg').count(), 1, 'the arrow');
    await ada.status.click();
    const choices = ada.panel.getByRole('menuitemradio');
    await choices.first().waitFor();
    assert.deepEqual(
      (await choices.allInnerTexts()).map((text) => text.trim()),
      ['Available', 'Busy', 'Away', 'Do not disturb', 'Appear offline'],
    );
    assert.equal(await choices.first().getAttribute('aria-checked'), 'true');
  });

  it('[M18] [M17] [M19] the Chat key, then the user with the red dot: the dot is gone everywhere', async () => {
    const tenant = ground.tenant('dot');
    const [ada, bob, cleo] = [await tenant.signIn('ada'), await tenant.signIn('bob'), await tenant.signIn('cleo')];
    for (const [visitor, text] of [
      [bob, 'from Bob'],
      [cleo, 'from Cleo'],
    ] as const) {
      await visitor.openPanel();
      await visitor.chatWith('Ada');
      await visitor.write(text);
    }
    await ada.untilUnread(2);
    await ada.page.keyboard.press('F9');
    const dotted = (name: RegExp) => ada.entry(name).locator('.dot');
    await dotted(/Bob/).waitFor();
    await dotted(/Cleo/).waitFor();
    await ada.entry(/Bob/).click();
    await ada.line('from Bob').waitFor();
    await ada.untilUnread(1);
    await ada.page.keyboard.press('Escape');
    await dotted(/Cleo/).waitFor();
    await dotted(/Bob/).waitFor({ state: 'detached' });
    await ada.entry(/Cleo/).click();
    await ada.untilUnread(0);
  });
});
