import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { of } from 'rxjs';
import '#widgets';
import '../../widgets/inside.js';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { define } from '../../widgets/internal/define.js';
import { Invitations } from '../../widgets/invitations/invitations.js';
import { clear, deep, html, must, settled, show, until } from './support/page.js';
import { stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { Ear, readOut } from './support/transcript.js';

define(Invitations);

/** Long enough ago to be called by its date, whenever the test runs. */
const DAY = Date.UTC(2020, 10, 12, 14, 30);
const KEPT = new URL('../../../test/widgets/screen-reader.txt', import.meta.url);

interface Step {
  name: string;
  /** What the reader hears without asking. */
  heard: string[];
  /** What is said on the way through. */
  said: string[];
}

const written = (steps: readonly Step[]): string =>
  steps
    .map(({ name, heard, said }) => [`## ${name}`, ...heard.map((text) => `! ${text}`), ...said.map((text) => `  ${text}`)].join('\n'))
    .join('\n\n') + '\n';

/** The main flows as somebody hears them who does not see them. */
async function mainFlows(): Promise<Step[]> {
  const steps: Step[] = [];
  const ear = new Ear();
  const step = async (name: string, of: Element | null): Promise<void> => {
    const heard = ear.take();
    steps.push({ name, heard, said: of === null ? [] : await readOut(of) });
    ear.listen();
  };
  const made = stage();
  const { session, client } = made;
  const log = made.timeline('m');
  log.add(log.item(1, 'mark', 'Is the left base new?', DAY), log.item(2, 'anna', 'I think so.', DAY + 60_000));
  const first = { head: 2, marks: { delivered: 2, read: 2 }, updatedAt: DAY, last: null };
  made.setChats(chat('m', first));
  session.presenceOf('mark').next({ availability: 'away', since: DAY });

  const place = show(html`
    <parley-session locale="en" time-zone="UTC"></parley-session>
    <parley-launcher></parley-launcher>
    <parley-chat-panel></parley-chat-panel>
  `);
  const panel = must<ChatPanel>(place, 'parley-chat-panel');
  const launcher = must(place, 'parley-launcher');
  await settled(launcher, panel);
  await step('Nobody is signed in', place);

  must<HTMLElementTagNameMap['parley-session']>(place, 'parley-session').client = client;
  await until(() => deep(launcher.shadowRoot!, 'button') !== null, 'the launcher is there');
  session.unread$.next(1);
  await settled(launcher);
  await step('Signed in, one unread message', place);

  const find = (selector: string): HTMLElement | null => deep(panel.shadowRoot!, selector);
  panel.open = true;
  await until(() => find('parley-chat-list')?.shadowRoot?.querySelector('[role="option"]') != null, 'the list is there');
  await step('The panel is opened', panel);

  find('parley-status-menu')!.shadowRoot!.querySelector<HTMLElement>('.own')!.click();
  await until(() => find('.menu:popover-open') !== null, 'the menu is open');
  await step('The own status', find('.menu:popover-open'));
  await sendKeys({ press: 'Escape' });
  await until(() => find('.menu:popover-open') === null, 'the menu is closed');

  session.open$.next('m');
  await until(() => find('parley-composer') !== null && find('[part~="bubble"]') !== null, 'the chat is open');
  await until(() => find('parley-link-current-item')?.shadowRoot?.querySelector('button') != null, 'an item can be linked');
  await step('A chat is read back', find('parley-conversation'));

  log.add(log.item(3, 'mark', 'Please call the ward.', DAY + 120_000));
  made.setChats(chat('m', { ...first, head: 3 }));
  await until(() => ear.heard.length > 0, 'it is announced');
  await step('A message comes', null);

  log.prepend(log.item(-1, 'mark', 'an older one', DAY - 86_400_000), log.item(0, 'mark', 'another', DAY - 86_300_000));
  await until(() => find('parley-timeline')?.shadowRoot?.textContent?.includes('an older one') === true, 'they are there');
  // Longer than announcements are gathered for.
  await new Promise((resolve) => setTimeout(resolve, 400));
  await step('Older messages are read', null);

  const field = find('parley-composer')!.shadowRoot!.querySelector('textarea')!;
  field.focus();
  await sendKeys({ type: 'On my way' });
  await settled(find('parley-composer')!);
  await step('A message is written', find('parley-composer'));
  log.add({ ...log.item(4, 'anna', 'On my way', DAY + 180_000), state: 'read' } as ReturnType<typeof log.item>);
  await until(() => find('parley-timeline')?.shadowRoot?.textContent?.includes('On my way') === true, 'it is sent');
  await step('It is sent', [...find('parley-timeline')!.shadowRoot!.querySelectorAll('[part~="message"]')].at(-1) ?? null);

  client.connection$.next({ state: 'waiting', reason: 'server-unreachable', offlineSince: DAY, retryAt: Date.now() + 60_000 });
  await until(() => find('.notice.warn') !== null, 'it says so');
  await new Promise((resolve) => setTimeout(resolve, 400));
  await step('The connection is lost', find('.notice.warn'));

  Object.assign(session.invitations, {
    list$: of([{ conversation: 'c9', inviter: 'mark', title: 'Chest group', memberCount: 3, at: DAY }]),
  });
  const invited = show(html`<parley-invitations .client=${client}></parley-invitations>`);
  await until(() => deep(invited, 'li') !== null, 'it is there');
  await step('An invitation', must(invited, 'parley-invitations'));
  ear.stop();
  return steps;
}

describe('a screen reader', () => {
  afterEach(clear);

  it('[pain 14] says in the main flows what is written down, and each new message once', async () => {
    const steps = await mainFlows();
    const named = (name: string): Step | undefined => steps.find((step) => step.name === name);
    expect(named('A message comes')?.heard).to.deep.equal(['Mark Lee: Please call the ward.']);
    expect(named('Older messages are read')?.heard).to.deep.equal([]);
    expect(named('It is sent')?.heard.filter((text) => text.includes('On my way'))).to.deep.equal([]);
    const kept = await (await fetch(KEPT)).text();
    expect(written(steps)).to.equal(kept);
  });
});
