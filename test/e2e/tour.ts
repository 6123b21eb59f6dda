import type { Page } from 'playwright-core';
import type { Tenant, VisitOptions } from './tenant.js';
import type { Visitor } from './visitor.js';

/** Two who chat, one of them in a page with every element that Parley has. */
export interface Pair {
  ada: Visitor;
  bob: Visitor;
}

const SEARCH = { name: 'Search people and chats' };

/** Ada's page is so wide that list, tabs, chat and what is about it stand side by side. */
export async function meet(tenant: Tenant, options: VisitOptions = {}): Promise<Pair> {
  await tenant.decide({ join: 'invite', notice: 'Write as you would speak' });
  await tenant.put('predefined-messages', { messages: [{ text: 'Please call me back' }] });
  for (const user of ['ada', 'cleo', 'dora']) await tenant.person(user);
  const bob = await tenant.signIn('bob');
  await tenant.put('groups/ward', { name: 'Ward', kind: 'resource', members: ['ada', 'bob', 'cleo'] });
  const context = { viewport: { width: 1_400, height: 900 }, ...options.context };
  return { bob, ada: await tenant.signIn('ada', { colleagues: ['bob', 'cleo'], group: 'ward', page: true, ...options, context }) };
}

/** Through everything that there is to see; at each place it stands still for `at`. Nothing is left open. */
export async function tour({ ada, bob }: Pair, at: (place: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
  const { page, panel } = ada;
  const shut = (): Promise<void> => page.keyboard.press('Escape');

  await ada.badge('bob').getByRole('button').waitFor();
  await panel.getByRole('combobox', SEARCH).fill('Bo');
  await ada.entry(/Bob/).waitFor();
  await at('hits of the search');
  await ada.chatWith('Bob');
  await page.evaluate(() => window.eyes.show('study-1'));
  await ada.button('Link to current examination').click();
  await ada.write('https://example.org/ and **words**');
  await panel.locator('parley-timeline parley-link-card').getByText('CT chest').waitFor();
  await at('a chat');

  await ada.button('Emoji').click();
  const picker = panel.locator('parley-emoji-picker');
  await picker.getByRole('gridcell').first().waitFor();
  await at('emoji');
  await picker.getByRole('searchbox').fill('grinning face');
  await picker.getByRole('gridcell', { name: 'grinning face', exact: true }).first().click();
  await ada.composer.press('Enter');
  await ada.line('😀').waitFor();

  await ada.button('Predefined messages').click();
  await panel.getByRole('menuitem', { name: 'Please call me back' }).waitFor();
  await at('predefined messages');
  await panel.getByRole('menuitem', { name: 'My predefined messages …' }).click();
  await dialog(ada, 'My predefined messages', at);
  await ada.button('Send history').click();
  await dialog(ada, 'Send history', at);
  await ada.button('Settings').click();
  await dialog(ada, 'Settings', at, 'Try the sound');

  await ada.button('New chat').click();
  await panel.getByRole('combobox', { name: 'Add people' }).fill('Cl');
  await panel.getByRole('option', { name: /Cleo/ }).click();
  await at('a new chat');
  await panel.locator('parley-new-chat').getByRole('button', { name: 'Back' }).click();

  await panel.getByRole('tab', { name: 'Contacts' }).click();
  await panel.getByRole('searchbox', { name: 'Search people' }).fill('Bob');
  await panel.getByRole('row', { name: /^Bob/ }).click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Add to group' }).click();
  await at('the menu of a contact');
  await panel.getByRole('menuitem', { name: 'Create new group …' }).click();
  await dialog(ada, 'Create new group', at);
  await ada.button('Clear the search').click();
  await panel.getByRole('tab', { name: /^Chats/ }).click();
  await ada.entry(/Bob/).click({ button: 'right' });
  await panel.getByRole('menuitem', { name: 'Open in new tab' }).waitFor();
  await at('the menu of a chat');
  await shut();

  await ada.setStatus('Busy');
  await ada.status.click();
  await panel.getByRole('menuitemradio').first().waitFor();
  await at('the own status');
  await shut();

  await ada.badge('cleo').getByRole('button').click({ button: 'right' });
  await ada.badge('cleo').getByRole('menuitem').first().waitFor();
  await at('the menu of a badge');
  await shut();
  await page.locator('parley-people').getByRole('button', { name: 'Start group chat' }).click();
  await dialog(ada, 'Start group chat', at, undefined, page);

  await bob.startChat(['ada', 'cleo'], 'Tumour board');
  await ada.banner.filter({ hasText: 'Bob invites you to a chat' }).waitFor();
  await panel.locator('parley-invitations').getByText('Tumour board').waitFor();
  await at('an invitation');
  await ada.banner.getByRole('button', { name: 'Dismiss' }).click();
  await ada.button('Join').click();
  await panel.getByRole('heading', { name: 'Tumour board' }).waitFor();
  await at('two tabs');
  const people = await ada.openPeople();
  await people.getByRole('button', { name: 'Add people' }).click();
  await people.getByRole('combobox').fill('Do');
  await people.getByRole('option', { name: /Dora/ }).waitFor();
  await at('people of a chat');
  await shut();
  await shut();
  await people.waitFor({ state: 'hidden' });
}

/** Stands still at the open dialog, presses the button of this name if there is one to press, and closes it. */
async function dialog(
  { panel, page }: Visitor,
  name: string,
  at: (place: string) => Promise<void>,
  press?: string,
  within: Page | Visitor['panel'] = panel,
): Promise<void> {
  const open = within.getByRole('dialog', { name, exact: true });
  await open.waitFor();
  await at(name);
  if (press !== undefined) await open.getByRole('button', { name: press }).click();
  await page.keyboard.press('Escape');
  await open.waitFor({ state: 'detached' });
}
