import { expect } from 'chai';
import { unsafeStatic, html as staticHtml } from 'lit/static-html.js';
import '#widgets';
import type * as panels from '../../widgets/chat-panel/chat-panel.js';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import type * as defining from '../../widgets/define.js';
import type * as prefixing from '../../widgets/internal/prefix.js';
import { usePrefix } from '../../widgets/internal/prefix.js';
import { clear, deep, must, settled, show, until } from './support/page.js';
import { type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

/** A module of another copy of the package (web-test-runner.config.mjs). */
const ofCopy = <M>(copy: string, file: string): Promise<M> => import(`/copy-${copy}/dist/widgets/${file}`) as Promise<M>;

/** The names of all elements with a hyphen, through shadow roots. */
function tags(from: ParentNode): Set<string> {
  const found = new Set<string>();
  for (const element of from.querySelectorAll('*')) {
    if (element.localName.includes('-')) found.add(element.localName);
    for (const inner of element.shadowRoot === null ? [] : tags(element.shadowRoot)) found.add(inner);
  }
  return found;
}

async function open(prefix: string): Promise<{ made: Stage; panel: ChatPanel; place: HTMLElement }> {
  const made = stage();
  made.setChats(chat('c1', { members: ['anna', 'mark'], memberCount: 2 }));
  const [session, panel] = [unsafeStatic(`${prefix}-session`), unsafeStatic(`${prefix}-chat-panel`)];
  const place = show(staticHtml`<${session} .client=${made.client}></${session}><${panel} placement="page"></${panel}>`);
  const shown = must<ChatPanel>(place, `${prefix}-chat-panel`);
  await settled(shown);
  await until(() => deep(shown.shadowRoot!, '[role="option"]') !== null, 'the chats are there');
  return { made, panel: shown, place };
}

/** What is loaded later, too: a dialog, the menu of a chat, the emoji. */
async function goThrough({ made, panel }: Awaited<ReturnType<typeof open>>, prefix: string): Promise<void> {
  const root = panel.shadowRoot!;
  must(root, '[part="settings-button"]').click();
  await until(() => deep(root, `${prefix}-settings-dialog`)?.shadowRoot?.querySelector('dialog')?.open === true, 'the dialog is open');
  deep(root, `${prefix}-settings-dialog`)!.shadowRoot!.querySelector('dialog')!.close();
  must(root, '[role="option"]').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
  await until(() => deep(root, `${prefix}-chat-menu`)?.shadowRoot?.querySelector(':popover-open') != null, 'the menu of a chat is open');
  deep(root, `${prefix}-chat-menu`)!.shadowRoot!.querySelector<HTMLElement>(':popover-open')!.hidePopover();
  made.session.open$.next('c1');
  await until(() => deep(root, '.emoji') !== null, 'a chat is open');
  must(root, '.emoji').click();
  await until(() => deep(root, `${prefix}-emoji-picker`)?.shadowRoot?.querySelector('input') != null, 'the emoji are there');
}

describe('prefix', () => {
  afterEach(clear);

  it('[pain 16] two copies with a prefix each work side by side, dialogs and menus too', async () => {
    const { defineElements } = await ofCopy<typeof defining>('acme', 'define.js');
    defineElements({ prefix: 'acme' });
    const [usual, acme] = [await open('parley'), await open('acme')];
    await goThrough(acme, 'acme');
    await goThrough(usual, 'parley');
    expect([...tags(usual.place)].filter((tag) => !tag.startsWith('parley-'))).to.deep.equal([]);
    expect([...tags(acme.place)].filter((tag) => !tag.startsWith('acme-'))).to.deep.equal([]);
    expect(tags(acme.place).size).to.be.greaterThan(10);
    expect(acme.panel.client === (acme.made.client as unknown), 'each has the client of its own session').to.equal(true);
    expect(usual.panel.client === (usual.made.client as unknown)).to.equal(true);
  });

  it('importing a class defines nothing, and what a host makes of it under a name of its own has its parts', async () => {
    const { usePrefix: use } = await ofCopy<typeof prefixing>('own', 'internal/prefix.js');
    use('own');
    const module = await ofCopy<typeof panels>('own', 'chat-panel/chat-panel.js');
    expect(customElements.get('own-chat-panel')).to.equal(undefined);
    customElements.define('host-chat', class extends module.ChatPanel {});
    const panel = document.createElement('host-chat') as ChatPanel;
    Object.assign(panel, { client: stage().client, placement: 'page' });
    show(staticHtml`<div></div>`).append(panel);
    await until(() => deep(panel.shadowRoot!, 'own-chat-list') !== null, 'the list is there');
    expect(customElements.get('own-chat-panel'), 'the host has its own').to.equal(undefined);
    expect(customElements.get('own-chat-list')).to.be.a('function');
  });

  it('what is no prefix is refused, and another one once elements are defined', () => {
    for (const wrong of ['', 'Acme', '1st', 'acme-', 'a b', 'acme--x']) expect(() => usePrefix(wrong), wrong).to.throw(RangeError);
    expect(() => usePrefix('acme')).to.throw('before the first');
    expect(() => usePrefix('parley')).not.to.throw();
  });
});
