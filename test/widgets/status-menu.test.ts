import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { ParleyError } from '#sdk';
import '#widgets';
import '../../widgets/inside.js';
import { define } from '../../widgets/internal/define.js';
import { StatusMenu } from '../../widgets/status-menu/status-menu.js';
import { accessible, clear, deep, html, part, settled, show, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

define(StatusMenu);

describe('<parley-status-menu>', () => {
  let client: StandIn;
  let menu: StatusMenu;

  beforeEach(async () => {
    client = standIn();
    menu = show(html`<parley-status-menu .client=${client}></parley-status-menu>`).querySelector('parley-status-menu')!;
    await settled(menu);
  });
  afterEach(clear);

  const button = () => part<HTMLButtonElement>(menu, '.own');
  const isOpen = (): boolean => deep(menu.shadowRoot!, '.menu:popover-open') !== null;
  const focused = (): string => menu.shadowRoot!.activeElement?.textContent?.trim() ?? '';
  const items = () => [...menu.shadowRoot!.querySelectorAll<HTMLElement>('[role="menuitemradio"]')];

  it('says who one is and how', async () => {
    client.session!.own$.next({ availability: 'away', message: 'back at 15:00' });
    await settled(menu);
    expect(button().textContent?.replace(/\s+/g, ' ').trim()).to.equal('Dr Anna Berg Your status: Away, back at 15:00');
    await accessible(menu);
  });

  it('[B38] goes by keyboard: Enter opens on the present one, arrows go round, Enter chooses, the focus comes back', async () => {
    button().focus();
    await sendKeys({ press: 'Enter' });
    await until(isOpen, 'it is open');
    expect(focused()).to.equal('Available');
    await accessible(menu);
    await sendKeys({ press: 'ArrowUp' });
    expect(focused()).to.equal('Appear offline');
    await sendKeys({ press: 'Home' });
    await sendKeys({ press: 'ArrowDown' });
    expect(focused()).to.equal('Busy');
    await sendKeys({ press: 'Enter' });
    await until(() => client.calls.length > 0, 'it is chosen');
    expect(client.calls).to.deep.equal(['presence.set busy -']);
    expect(isOpen()).to.equal(false);
    expect(menu.shadowRoot!.activeElement === button()).to.equal(true);
    await settled(menu);
    expect(items().map((item) => item.getAttribute('aria-checked'))).to.deep.equal(['false', 'true', 'false', 'false', 'false']);
  });

  it('Escape closes it, gives the focus back, and does not reach the panel around it', async () => {
    let escapes = 0;
    const around = menu.parentElement!;
    around.addEventListener('keydown', () => escapes++);
    button().click();
    await until(isOpen, 'it is open');
    await sendKeys({ press: 'Escape' });
    await until(() => !isOpen(), 'it is closed');
    expect(menu.shadowRoot!.activeElement === button()).to.equal(true);
    expect(escapes).to.equal(0);
  });

  it('[B42] own words go with the present availability, and are there again when it is chosen again', async () => {
    client.session!.own$.next({ availability: 'away', message: '' });
    await settled(menu);
    button().click();
    await until(isOpen, 'it is open');
    const field = part<HTMLInputElement>(menu, 'input');
    expect(menu.shadowRoot!.querySelector('label')?.textContent).to.equal('Words for “Away”');
    field.focus();
    await sendKeys({ type: 'back at 15:00' });
    await sendKeys({ press: 'Enter' });
    await until(() => client.calls.length === 1, 'it is saved');
    items()[0]!.click();
    await settled(menu);
    items()[2]!.click();
    await settled(menu);
    expect(client.calls).to.deep.equal(['presence.set away back at 15:00', 'presence.set available -', 'presence.set away back at 15:00']);
    expect(items()[2]!.textContent).to.contain('back at 15:00');
  });

  it('says so when it could not be changed', async () => {
    client.session!.presence.set = () => Promise.reject(new ParleyError('OFFLINE'));
    button().click();
    await until(isOpen, 'it is open');
    items()[1]!.click();
    await until(() => (deep(menu.shadowRoot!, '.failed')?.textContent?.trim() ?? '') !== '', 'the failure is said');
    expect(deep(menu.shadowRoot!, '.failed')?.textContent).to.contain('could not be changed');
    await accessible(menu);
  });

  it('stays within the window, also from right to left', async () => {
    menu.parentElement!.dir = 'rtl';
    button().click();
    await until(isOpen, 'it is open');
    const box = part(menu, '.menu').getBoundingClientRect();
    expect(box.left).to.be.at.least(0);
    expect(box.right).to.be.at.most(innerWidth);
    expect(Math.abs(box.right - button().getBoundingClientRect().right), 'from its start edge').to.be.below(10);
  });
});
