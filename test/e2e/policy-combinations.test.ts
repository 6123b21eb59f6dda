import { before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { COMBINATIONS } from '../support/policy-combinations.js';
import type { Combination } from '../support/policy-combinations.js';
import { prepareGround } from './ground.js';
import type { Tenant } from './tenant.js';
import type { Visitor } from './visitor.js';

const HELD = 'Bob does not want to be disturbed. What you write is held until then.';
const BLOCKED = 'Bob does not want to be disturbed and cannot be reached just now.';

/** Is there, or is not: waited for, because the rules of the tenant travel to the page. */
async function shown(what: Locator, wanted: boolean): Promise<void> {
  await what.first().waitFor({ state: wanted ? 'visible' : 'hidden' });
}

/**
 * What each policy governs, seen in one page that stays open while the tenant goes through all of them: the other side of the raw client's
 * test (test/server/policies.test.ts). Bob wants not to be disturbed; Ada has no right of her own to start chats.
 */
describe('every combination of the policies, in the open page', { timeout: 180_000 }, () => {
  const ground = prepareGround();
  let tenant: Tenant;
  let ada: Visitor;

  before(async () => {
    tenant = ground.tenant('combinations');
    const bob = await tenant.signIn('bob');
    await tenant.person('cleo');
    ada = await tenant.signIn('ada', { colleagues: ['bob', 'cleo'], page: true, claims: { initiate: undefined } });
    await ada.startChat(['bob', 'cleo'], 'Ward 3');
    await ada.chatWith('Bob');
    await bob.openPanel();
    await bob.setStatus('Do not disturb');
    await ada.panel.getByText(HELD).waitFor();
  });

  async function follows({ join, presence, dnd, initiate }: Combination): Promise<void> {
    const everyone = initiate === 'everyone';
    await shown(ada.panel.getByRole('button', { name: 'New chat' }), everyone);
    await shown(ada.badge('cleo').getByRole('button'), everyone);
    await shown(ada.badge('bob').locator(`[title="${presence === 'open' ? 'Do not disturb' : 'Offline'}"]`), true);
    await ada.entry(/Bob/).click();
    await shown(ada.panel.getByText(dnd === 'hold' ? HELD : BLOCKED), true);
    await ada.composer.fill('a word');
    await shown(
      ada.panel.locator(`parley-composer [part="send-button"]${dnd === 'hold' ? ':not([aria-disabled])' : '[aria-disabled]'}`),
      true,
    );
    await ada.entry(/Ward 3/).click();
    const people = await ada.openPeople();
    await people.getByRole('button', { name: 'Add people' }).click();
    await shown(people.getByRole('button', { name: join === 'invite' ? 'Invite' : 'Add', exact: true }), true);
    await ada.page.keyboard.press('Escape');
    await ada.page.keyboard.press('Escape');
    await people.waitFor({ state: 'hidden' });
  }

  // One test, because a page that has gone through the others is part of what is tried.
  it('[E1] [E3] [B6] [B15] [S6] the page offers what the rules allow, and nothing else', async () => {
    for (const combination of COMBINATIONS) {
      try {
        await tenant.decide(combination);
        await shown(ada.panel.locator('parley-status-menu'), combination.enabled);
        if (combination.enabled) await follows(combination);
        else await shown(ada.badge('cleo').locator('.badge'), false);
      } catch (cause) {
        throw new Error(`With ${JSON.stringify(combination)}`, { cause });
      }
    }
  });
});
