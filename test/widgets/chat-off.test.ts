import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import '#widgets';
import { clear, html, must, settled, show, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

const TAGS = [
  'parley-launcher',
  'parley-chat-panel',
  'parley-presence-badge',
  'parley-link-current-item',
  'parley-banner',
  'parley-people',
];

describe('a tenant without chat', () => {
  let client: StandIn;
  let stage: HTMLElement;

  beforeEach(async () => {
    client = standIn();
    client.session!.presenceOf('mark').next({ availability: 'available', since: 5 });
    stage = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-launcher shortcut="F9"></parley-launcher>
      <parley-presence-badge user="mark"></parley-presence-badge>
      <parley-link-current-item></parley-link-current-item>
      <parley-banner></parley-banner>
      <parley-people .users=${['mark']}></parley-people>
      <parley-chat-panel open></parley-chat-panel>
    `);
    await settled(...TAGS.map((tag) => must(stage, tag)));
  });
  afterEach(clear);

  function enabled(on: boolean): void {
    const { info$ } = client.session!;
    info$.next({ ...info$.value, policies: { ...info$.value.policies, enabled: on } });
  }
  const seen = () => TAGS.filter((tag) => must(stage, tag).checkVisibility());

  it('[E1] no element shows anything while it is off, and all are back when it is on again', async () => {
    const before = seen();
    expect(before).to.include.members(['parley-launcher', 'parley-presence-badge', 'parley-chat-panel']);
    enabled(false);
    await until(() => seen().length === 0, 'all are gone');
    enabled(true);
    await until(() => seen().length === before.length, 'all are back');
  });

  it('[E1] its key opens nothing', async () => {
    const panel = must<HTMLElement & { open: boolean }>(stage, 'parley-chat-panel');
    panel.open = false;
    enabled(false);
    await until(() => seen().length === 0, 'all are gone');
    await sendKeys({ press: 'F9' });
    expect(panel.open).to.equal(false);
  });
});
