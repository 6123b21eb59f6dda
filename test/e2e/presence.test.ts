import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';

describe('how people are', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[S5] [B41] [B42] each status keeps its own words, shown with its mark to the others, over a new sign-in', async () => {
    const tenant = ground.tenant('words');
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada', { colleagues: ['bob'] })];
    await bob.openPanel();
    for (const [status, words] of [
      ['Busy', 'in theatre 2'],
      ['Away', 'lunch until 13:00'],
    ] as const) {
      await bob.setStatus(status);
      await bob.status.click();
      await bob.panel.getByRole('textbox', { name: `Words for “${status}”` }).fill(words);
      await bob.button('Save').click();
      await ada
        .badge('bob')
        .getByRole('button', { name: `Bob: ${status}, ${words}. Start chat` })
        .waitFor();
      await ada.badge('bob').locator(`.mark.${status.toLowerCase()}`).waitFor();
    }
    await bob.page.context().close();
    const again = await tenant.signIn('bob');
    await again.openPanel();
    await again.status.filter({ hasText: 'Away, lunch until 13:00' }).waitFor();
    await again.status.click();
    await again.panel.getByRole('menuitemradio', { name: /^Busy/ }).getByText('in theatre 2').waitFor();
    await again.panel.getByRole('menuitemradio', { name: /^Busy/ }).click();
    await ada.badge('bob').getByRole('button', { name: 'Bob: Busy, in theatre 2. Start chat' }).waitFor();
  });

  it('[S8] away by itself when nobody works in the page of the host, and back with the first sign of work there', async () => {
    const tenant = ground.tenant('idle');
    const [bob, ada] = [await tenant.signIn('bob', { idle: 0.1 }), await tenant.signIn('ada', { colleagues: ['bob'] })];
    const badge = (status: string) => ada.badge('bob').getByRole('button', { name: `Bob: ${status}. Start chat` });
    await badge('Available').waitFor();
    await badge('Away').waitFor();
    await bob.page.locator('#notes').press('a');
    await badge('Available').waitFor();
    await bob.openPanel();
    await bob.status.filter({ hasText: 'Available' }).waitFor();
  });

  it('[B6] [B31] [B32] [B33] [B34] consent: star, request, accept, visible at every sign-in, and gone after a confirmed removal', async () => {
    const tenant = ground.tenant('consent');
    await tenant.decide({ presence: 'consent' });
    const [bob, ada] = [await tenant.signIn('bob'), await tenant.signIn('ada', { colleagues: ['bob'] })];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('shall we?');
    await ada.button('Back').click();
    await ada.panel.getByRole('tab', { name: 'Contacts' }).click();
    await ada.panel.getByRole('row', { name: /^Not in list/ }).waitFor();
    await ada.panel.getByRole('checkbox', { name: 'Show offline users' }).check();
    const row = ada.panel.getByRole('row', { name: /^Bob/ });
    await ada.panel.getByRole('row', { name: /^Bob, Offline/ }).waitFor();
    await ada.badge('bob').getByRole('button', { name: 'Bob: Offline. Start chat' }).waitFor();

    await row.hover();
    await row.getByRole('button', { name: 'Ask Bob to share their status' }).click();
    await ada.panel.getByRole('row', { name: /^Bob, Request sent/ }).waitFor();
    await bob.openPanel();
    await bob.panel.getByRole('tab', { name: 'Contacts' }).click();
    await bob.panel.locator('parley-contact-requests').getByText('would like to see your status').waitFor();
    await ada.badge('bob').getByRole('button', { name: 'Bob: Offline. Start chat' }).waitFor();
    await bob.button('Accept Ada').click();
    await ada.panel.getByRole('row', { name: /^Bob, Available.*favourite/ }).waitFor();
    await ada.badge('bob').getByRole('button', { name: 'Bob: Available. Start chat' }).waitFor();
    await bob.panel.getByRole('row', { name: /^Ada, Available.*favourite/ }).waitFor();
    await ada.page.reload();
    await ada.badge('bob').getByRole('button', { name: 'Bob: Available. Start chat' }).waitFor();

    const contacts = ada.panel.getByRole('tab', { name: 'Contacts' });
    await contacts.click();
    await row.hover();
    await row.getByRole('button', { name: 'Remove Bob from favourites' }).click();
    await ada.panel.getByText('Remove Bob from your favourites?').waitFor();
    await ada.button('Cancel').click();
    await ada.panel.getByRole('row', { name: /^Bob, Available/ }).waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Remove Bob from favourites' }).click();
    await ada.button('Remove').click();
    await ada.badge('bob').getByRole('button', { name: 'Bob: Offline. Start chat' }).waitFor();
    await ada.panel.getByRole('row', { name: /^Favourites/ }).waitFor({ state: 'detached' });
    await bob.panel.getByRole('row', { name: /^Favourites/ }).waitFor({ state: 'detached' });
  });

  it('[B43] what the telephone system says is the second half of the badge, and a call makes one busy', async () => {
    const tenant = ground.tenant('phone');
    const bob = await tenant.signIn('bob');
    const ada = await tenant.signIn('ada', { colleagues: ['bob'] });
    const badge = (name: string) => ada.badge('bob').getByRole('button', { name });
    await badge('Bob: Available. Start chat').waitFor();
    assert.equal(await ada.badge('bob').locator('[part="phone"]').count(), 0, 'one half without telephony');
    const tell = (phone: string) => tenant.post('phone-state', { states: [{ user: 'bob', state: phone, expiresIn: 600 }] });
    await tell('idle');
    await badge('Bob: Available. Phone free. Start chat').waitFor();
    await ada.badge('bob').locator('[part="phone"].phone-idle').waitFor();
    await tell('on-call');
    await badge('Bob: Busy. On a call. Start chat').waitFor();
    await ada.badge('bob').locator('[part="phone"].phone-on-call').waitFor();
    await ada.badge('bob').locator('.mark.busy').waitFor();
    await bob.page.context().close();
    await badge('Bob: Offline. On a call. Start chat').waitFor();
    await tell('absent');
    await badge('Bob: Offline. Start chat').waitFor();
    await ada.badge('bob').locator('[part="phone"]').waitFor({ state: 'detached' });
  });
});
