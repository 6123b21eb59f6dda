import { after, afterEach, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, Stage } from './stage.js';
import { Tenant } from './tenant.js';

/** One browser and one server for all tests of a suite; each test has a tenant of its own, and everybody is signed out after it. */
export interface Ground {
  readonly stage: Stage;
  /** By the name of the test, which is the tenant's. */
  tenant(id: string): Tenant;
}

/** To be called in the suite. `env`: settings of the server, asked for when it starts. */
export function prepareGround(env: () => Record<string, string> | Promise<Record<string, string>> = () => ({})): Ground {
  let browser: Browser | null = null;
  let stage: Stage | null = null;
  before(async () => {
    browser = await launch();
    stage = await Stage.open(browser, await env());
  });
  afterEach(() => stage?.signOutAll());
  after(async () => {
    await stage?.close();
    await browser?.close();
  });
  const now = (): Stage => {
    if (stage === null) throw new Error('the suite has not begun');
    return stage;
  };
  return {
    get stage() {
      return now();
    },
    tenant: (id) => new Tenant(now(), id),
  };
}
