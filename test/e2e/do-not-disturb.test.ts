import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';
import type { Visitor } from './visitor.js';

const OWN = 'You do not want to be disturbed. Set yourself available to send and receive.';

function state(visitor: Visitor, words: string | RegExp) {
  return visitor.timeline.locator('[part~="state"]').filter({ hasText: words }).last();
}

describe('do not disturb, busy and away', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[S6] hold: neither sends nor receives, the panel says so, the sender is told, and it arrives when it ends', async () => {
    const tenant = ground.tenant('hold');
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('before');
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.composer.fill('half a sen');
    await bob.setStatus('Do not disturb');
    await bob.panel.getByText(OWN).waitFor();
    assert.equal(await bob.composer.count(), 0, 'nothing to write in');
    await ada.panel.getByText('Bob does not want to be disturbed. What you write is held until then.').waitFor();
    await ada.write('while Bob rests');
    await state(ada, 'Held until available').waitFor();
    await state(ada, 'Held until available').getByRole('button').click();
    await ada.panel.locator('parley-delivery-details').getByText('Held until available').waitFor();
    assert.equal(await bob.timeline.getByText('while Bob rests').count(), 0);
    assert.equal(await bob.banner.count(), 0);
    const other = await bob.anotherTab();
    await other.untilUnread(0);
    await other.openPanel();
    await other.entry(/Ada/).or(other.composer).or(other.panel.getByText(OWN)).first().waitFor();
    assert.equal(await other.panel.getByText('while Bob rests').count(), 0, 'not on another device, either');
    await other.page.close();

    await bob.button('Set me available').click();
    await bob.line('while Bob rests').waitFor();
    assert.equal(await bob.composer.inputValue(), 'half a sen', 'the draft is still there');
    await state(ada, /Delivered|Read/).waitFor();
    await ada.panel.getByText('What you write is held until then.').waitFor({ state: 'detached' });
  });

  it('[S6] hold: what waited rings and counts only when it has ended', async () => {
    const tenant = ground.tenant('hold-rings');
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    await bob.openPanel();
    await bob.setStatus('Do not disturb');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.panel.getByText('What you write is held until then.').waitFor();
    await ada.write('later, please');
    await state(ada, 'Held until available').waitFor();
    await bob.untilUnread(0);
    assert.equal(await bob.banner.count(), 0);
    assert.equal(await bob.panel.getByRole('option').count(), 0, 'the chat itself is not known yet');
    await bob.setStatus('Available');
    await bob.untilUnread(1);
    await bob.entry(/Ada.*later, please/).waitFor();
    // With the list out of view it is a notice, too.
    await bob.button('Close chat').click();
    await bob.banner.filter({ hasText: 'New message from Ada' }).waitFor();
  });

  it('[S6] block: the sender is refused with the reason, keeps the text, and sends it when it has ended', async () => {
    const tenant = ground.tenant('block');
    await tenant.decide({ dnd: 'block' });
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada')];
    await bob.openPanel();
    await bob.setStatus('Do not disturb');
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.panel.getByText('Bob does not want to be disturbed and cannot be reached just now.').waitFor();
    await ada.composer.fill('kept for later');
    await ada.composer.press('Enter');
    assert.equal(await ada.button('Send').getAttribute('aria-disabled'), 'true');
    assert.equal(await ada.composer.inputValue(), 'kept for later', 'the text is kept');
    assert.equal(await ada.timeline.getByText('kept for later').count(), 0);
    await bob.setStatus('Available');
    await ada.panel.getByText('cannot be reached just now').waitFor({ state: 'detached' });
    await ada.composer.press('Enter');
    await ada.line('kept for later').waitFor();
    await bob.untilUnread(1);
  });

  for (const [row, status] of [
    ['B39', 'Busy'],
    ['B40', 'Away'],
  ] as const) {
    it(`[${row}] ${status}: the other side sees it, and messages are delivered`, async () => {
      const tenant = ground.tenant(status.toLowerCase());
      const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada', { colleagues: ['bob'] })];
      await bob.openPanel();
      await bob.setStatus(status);
      await ada
        .badge('bob')
        .getByRole('button', { name: `Bob: ${status}. Start chat` })
        .click();
      await ada.panel
        .locator('parley-conversation header')
        .getByText(new RegExp(`^${status}`))
        .waitFor();
      await ada.write('as soon as you can');
      await bob.untilUnread(1);
      await state(ada, 'Delivered').waitFor();
    });
  }
});
