import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import { ConnectionNotice } from '../../widgets/connection-notice/connection-notice.js';
import type { Conversation } from '#sdk';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { accessible, clear, deep, html, must, show, until } from './support/page.js';
import { type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(ConnectionNotice);

const board = chat('c1', { kind: 'group', title: 'Tumour board', members: ['anna', 'mark', 'lena'], memberCount: 3 });
const direct = chat('c2', { members: ['anna', 'mark'] });

describe('a chat that one was taken out of', () => {
  let made: Stage;
  let panel: ChatPanel;

  async function place(width: number): Promise<void> {
    made = stage();
    made.setChats(board, direct);
    const page = show(html`
      <parley-session .client=${made.client}></parley-session>
      <parley-chat-panel open placement="page" style=${`inline-size: ${width}px; block-size: 600px`}></parley-chat-panel>
    `);
    panel = must<ChatPanel>(page, 'parley-chat-panel');
    await until(() => find('parley-chat-list') !== null, 'the list is there');
    made.session.open('c1');
    await until(() => find('textarea') !== null, 'the chat is there');
  }
  const find = <T extends HTMLElement = HTMLElement>(selector: string): T | null => deep<T>(panel.shadowRoot!, selector);
  const said = (): string =>
    [...(find('parley-connection-notice')?.shadowRoot?.querySelectorAll<HTMLElement>('[role="status"]') ?? [])]
      .map((one) => one.innerText.trim())
      .join('');
  /** As the SDK does it: the chat goes, and then its tab. */
  function takeOut(next: string | null, ...rest: Conversation[]): void {
    made.setChats(...rest);
    made.session.open$.next(next);
  }

  afterEach(clear);

  it('[B22] is told in one line, with the title that the page had known and nothing of the contents, until one has seen it', async () => {
    await place(380);
    expect(said(), 'the live region is there before').to.equal('');
    find('textarea')!.focus();
    await sendKeys({ type: 'I would rather' });
    takeOut(null, direct);
    await until(() => said() === 'You are no longer in “Tumour board”.', 'it is said');
    await until(() => find('parley-chat-list') !== null, 'the list is there again');
    expect(panel.contains(document.activeElement), 'what is typed on reaches no shortcut of the host').to.equal(true);
    await sendKeys({ type: 'wait ' });
    expect(find<HTMLInputElement>('input')!.value, 'and is no search').to.equal('');
    expect(made.session.open$.value, 'and opens no chat').to.equal(null);
    await accessible(panel);
    find('parley-connection-notice')!.shadowRoot!.querySelector('button')!.click();
    await until(() => said() === '', 'it is gone');
  });

  it('[B22] the next chat, which comes forward, gets nothing of what is typed on', async () => {
    await place(900);
    find('textarea')!.focus();
    await sendKeys({ type: 'I would rather' });
    takeOut('c2', direct);
    await until(() => said() !== '', 'it is said');
    await until(() => find('h2')!.innerText === 'Mark Lee', 'the next chat is there');
    await sendKeys({ type: 'wait' });
    await sendKeys({ press: 'Enter' });
    expect(find<HTMLTextAreaElement>('textarea')!.value).to.equal('');
    expect(made.calls.filter((call) => call.startsWith('send'))).to.deep.equal([]);
    made.session.open(null);
    await panel.updateComplete;
    made.session.open('c2');
    await until(() => said() === '', 'a chat was opened');
  });

  it('[B22] is told neither of a chat that one has closed or left, nor while everything is loaded anew', async () => {
    await place(380);
    made.setChats();
    await until(() => find('textarea') === null, 'nothing is known');
    made.setChats(board, direct);
    await until(() => find('textarea') !== null, 'the chat is there again');
    made.session.open(null);
    await until(() => find('parley-chat-list') !== null, 'the list is there');
    expect(said()).to.equal('');
    made.session.open('c1');
    await until(() => find('textarea') !== null, 'the chat is there');
    takeOut(null, { ...board, active: false }, direct);
    await until(() => find('parley-chat-list') !== null, 'the list is there');
    expect(said()).to.equal('');
  });
});
