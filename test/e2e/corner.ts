import type { Locator, Page } from 'playwright-core';
import { signToken } from '../support/server-process.js';
import type { Ground } from './ground.js';
import type { Stage } from './stage.js';
import type { Tenant } from './tenant.js';

interface Corner {
  id: string;
  server: string;
  token: string;
  prefix?: string;
}

/** A session with launcher and panel around it in a part of the page. */
export async function furnish(page: Page, { id, server, token, prefix = 'parley' }: Corner): Promise<Locator> {
  await page.evaluate(
    (corner) => {
      const session = document.createElement(`${corner.prefix}-session`) as HTMLElementTagNameMap['parley-session'];
      const panel = document.createElement(`${corner.prefix}-chat-panel`) as HTMLElementTagNameMap['parley-chat-panel'];
      Object.assign(session, { id: corner.id, server: corner.server, token: () => Promise.resolve(corner.token) });
      panel.placement = 'page';
      session.append(document.createElement(`${corner.prefix}-launcher`), panel);
      document.body.append(session);
    },
    { id, server, token, prefix },
  );
  return page.locator(`#${id}`);
}

/** The host's page with nothing of Parley's but its definitions. */
export async function bareHost(ground: Ground, id: string): Promise<{ tenant: Tenant; page: Page }> {
  const tenant = ground.tenant(id);
  const page = await ground.stage.signIn('ada', { attributes: { tenant: id }, context: { bypassCSP: true } });
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('parley-session, parley-launcher, parley-chat-panel')) one.remove();
  });
  return { tenant, page };
}

/** As the host's back end signs it. */
export const tokenOf = (stage: Stage, tenant: string, user: string): Promise<string> =>
  signToken(stage.secret, user, { tenant, name: user.replace(/^./, (letter) => letter.toUpperCase()) });
