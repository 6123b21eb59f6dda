import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { deepActiveElement } from '../../widgets/internal/focus.js';
import type { PanelBody } from '../../widgets/panel/panel-body.js';
import { clear, deep, html, must, show, until } from './support/page.js';
import { fill, type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

describe('a chat that the host opens', () => {
  let made: Stage;
  let panel: ChatPanel;

  const find = <T extends HTMLElement = HTMLElement>(selector: string): T | null => deep<T>(panel.shadowRoot!, selector);
  const search = (): HTMLInputElement => must<HTMLInputElement>(find('parley-chat-list')!.shadowRoot!, 'input');
  const read = (): boolean => made.calls.some((call) => call.startsWith('read '));

  /** Somebody has the panel in front of them, with the cursor in the search. */
  async function place(width: number): Promise<void> {
    made = stage();
    made.setChats(chat('c1', { unread: 2, head: 12, marks: { delivered: 12, read: 10 } }));
    const log = made.timeline('c1');
    log.items$.next(fill(log, 1, 12));
    const page = show(html`
      <parley-session .client=${made.client}></parley-session>
      <parley-chat-panel open placement="page" style=${`inline-size: ${width}px; block-size: 600px`}></parley-chat-panel>
    `);
    panel = must<ChatPanel>(page, 'parley-chat-panel');
    await until(() => find('parley-chat-list') !== null, 'the list is there');
    await until(() => find<PanelBody>('parley-panel-body')!.wide === width >= 640, 'the width is known');
    search().focus();
  }
  afterEach(clear);

  it('[B27] [pain 13] takes the place of the list: the focus stays in the panel, and what is typed on reads nothing and is no message', async () => {
    await place(380);
    await sendKeys({ type: 'ma' });
    made.session.open('c1');
    await until(() => find('textarea') !== null && find('parley-chat-list') === null, 'the chat is there, and the list is not');
    await until(() => document.activeElement === panel, 'the panel has the focus');
    await sendKeys({ type: 'rk' });
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('');
    expect(read()).to.equal(false);
    panel.show();
    await until(() => deepActiveElement(document) === find('textarea'), 'the person goes on');
    await until(read, 'and has read it');
  });

  it('[pain 13] beside the list leaves the focus where it is', async () => {
    await place(900);
    await sendKeys({ type: 'ma' });
    made.session.open('c1');
    await until(() => find('textarea') !== null, 'the chat is there');
    await sendKeys({ type: 'rk' });
    expect(search().value).to.equal('mark');
    expect(read()).to.equal(false);
  });
});
