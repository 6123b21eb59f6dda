import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { ParleyError } from '#sdk';
import { FavouriteStar } from '../../widgets/contacts/favourite-star.js';
import { contacts, contactsClient, type ContactsOptions, item, items, openMenu, row, shown, text } from './support/contacts-stage.js';
import { accessible, clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(FavouriteStar);

const available = { availability: 'available' } as const;
const WITH_MARK = { contacts: { contacts: [{ user: 'mark', state: 'accepted' as const }] }, presences: { mark: available } };
const star = (of: HTMLElement): HTMLElement => of.querySelector<HTMLElement>('.star')!;

describe('favourites and consent', () => {
  afterEach(clear);

  it('[B6] who is no favourite is under "Not in list", as offline, also while offline people are not shown', async () => {
    const stage = await contacts({ ...WITH_MARK, presence: 'consent', chats: [chat('c1', { members: ['anna', 'nora'] })] });
    await until(() => shown(stage.element).join() === 'FAVOURITES,Mark Lee,NOT IN LIST,Nora Dahl', 'they are there');
    expect(text(row(stage.element, 'Nora Dahl'), '.words')).to.contain('Offline');
    expect(deep(row(stage.element, 'Nora Dahl'), 'parley-presence-badge')?.shadowRoot?.querySelector('.mark.offline')).not.to.equal(null);
    await accessible(stage.element);
  });

  it('[B31] the star beside a name makes a favourite, who leaves "Not in list"', async () => {
    const stage = await contacts({ chats: [chat('c1', { members: ['anna', 'nora'] })], presences: { nora: available } });
    await until(() => shown(stage.element).join() === 'NOT IN LIST,Nora Dahl', 'she is not in a list');
    expect(star(row(stage.element, 'Nora Dahl')).title).to.equal('Add Nora Dahl to favourites');
    star(row(stage.element, 'Nora Dahl')).click();
    await until(() => shown(stage.element).join() === 'FAVOURITES,Nora Dahl', 'she is a favourite');
    expect(stage.calls).to.deep.equal(['add nora']);
    expect(star(row(stage.element, 'Nora Dahl')).classList.contains('on')).to.equal(true);
  });

  it('[B32] [B33] with consent it is a request, said in words; once accepted the presence is there', async () => {
    const stage = await contacts({ presence: 'consent', chats: [chat('c1', { members: ['anna', 'nora'] })] });
    await until(() => shown(stage.element).includes('Nora Dahl'), 'she is there');
    star(row(stage.element, 'Nora Dahl')).click();
    await until(() => shown(stage.element)[0] === 'FAVOURITES', 'she was asked');
    expect(text(row(stage.element, 'Nora Dahl'), '.status')).to.equal('Request sent');
    stage.state$.next({ ...stage.state$.value, contacts: [{ user: 'nora', state: 'accepted' }] });
    stage.session.presenceOf('nora').next({ availability: 'away', message: 'back at 15:00', since: 1 });
    await until(() => text(row(stage.element, 'Nora Dahl'), '.status') === 'Away, back at 15:00', 'her presence is there');
  });

  it('[B32] a request has Accept and Decline, with the name; by keys one goes on with the next', async () => {
    const requests = ['mark', 'omar', 'nora'].map((user) => ({ user, at: 1 }));
    const stage = await contacts({ presence: 'consent', contacts: { requests } });
    const asked = must(stage.element.renderRoot as ShadowRoot, 'parley-contact-requests');
    const buttons = (): HTMLElement[] => [...(asked.shadowRoot?.querySelectorAll('button') ?? [])];
    await until(() => buttons().length === 6, 'three requests');
    expect(
      buttons()
        .map((one) => one.ariaLabel)
        .slice(0, 2),
    ).to.deep.equal(['Accept Mark Lee', 'Decline Mark Lee']);
    await accessible(stage.element);
    buttons()[0]!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => buttons().length === 4, 'one is answered');
    await until(() => asked.shadowRoot?.activeElement === buttons()[0], 'the focus is on the next');
    expect(buttons()[0]!.ariaLabel).to.equal('Accept Dr Omar Haddad');
    buttons()[1]!.click();
    await until(() => buttons().length === 2, 'another one is answered');
    expect(stage.calls).to.deep.equal(['accept mark', 'decline omar']);
  });

  it('[B34] with consent a removal asks first, in its place; without, it is done at once', async () => {
    const stage = await contacts({ ...WITH_MARK, presence: 'consent' });
    await until(() => shown(stage.element).includes('Mark Lee'), 'he is there');
    star(row(stage.element, 'Mark Lee')).click();
    await until(() => items(stage.element).length === 2, 'it asks');
    await accessible(stage.element);
    item(stage.element, 'Cancel').click();
    await until(() => items(stage.element).length === 0, 'it was left');
    expect(stage.calls).to.deep.equal([]);
    star(row(stage.element, 'Mark Lee')).click();
    await until(() => items(stage.element).length === 2, 'it asks again');
    item(stage.element, 'Remove').click();
    await until(() => shown(stage.element).length === 0, 'he is gone');
    expect(stage.calls).to.deep.equal(['remove mark']);
    clear();

    const open = await contacts(WITH_MARK);
    await until(() => shown(open.element).includes('Mark Lee'), 'he is there');
    star(row(open.element, 'Mark Lee')).click();
    await until(() => shown(open.element).length === 0, 'he is gone at once');
    expect(open.calls).to.deep.equal(['remove mark']);
  });

  it('[B34] the menu removes, too, and asks as the star does', async () => {
    const stage = await contacts({ ...WITH_MARK, presence: 'consent' });
    await until(() => shown(stage.element).includes('Mark Lee'), 'he is there');
    await openMenu(stage.element, 'Mark Lee');
    item(stage.element, 'Remove from favourites').click();
    await until(
      () =>
        items(stage.element)
          .map((one) => one.textContent?.trim())
          .join() === 'Cancel,Remove',
      'it asks',
    );
    item(stage.element, 'Remove').click();
    await until(() => stage.calls.length === 1, 'it is done');
    expect(stage.calls).to.deep.equal(['remove mark']);
  });
});

describe('<parley-favourite-star>', () => {
  afterEach(clear);

  async function place(options: ContactsOptions, user = 'mark') {
    const made = contactsClient(options);
    const found = show(html`<parley-favourite-star .client=${made.client} user=${user}></parley-favourite-star>`);
    const element = must<FavouriteStar>(found, 'parley-favourite-star');
    await settled(element);
    return { made, element };
  }
  const pressed = (element: FavouriteStar): HTMLButtonElement => part<HTMLButtonElement>(element, '.star');

  it('[B34] in the head of a chat: adds, and removes at once where presence is open', async () => {
    const { made, element } = await place({});
    expect(pressed(element).ariaLabel).to.equal('Add Mark Lee to favourites');
    await accessible(element);
    pressed(element).click();
    await until(() => pressed(element).ariaLabel === 'Remove Mark Lee from favourites', 'he is a favourite');
    pressed(element).click();
    await until(() => pressed(element).ariaLabel === 'Add Mark Lee to favourites', 'he is none');
    expect(made.calls).to.deep.equal(['add mark', 'remove mark']);
  });

  it('[B32] [B34] with consent it asks for a request and before a removal; Escape leaves it as it is', async () => {
    const { made, element } = await place({ presence: 'consent' });
    expect(pressed(element).ariaLabel).to.equal('Ask Mark Lee to share their status');
    pressed(element).click();
    await until(() => pressed(element).ariaLabel === 'Take back the request to Mark Lee', 'he was asked');
    pressed(element).focus();
    await sendKeys({ press: 'Enter' });
    await until(() => part(element, '.menu').matches(':popover-open'), 'it asks');
    await accessible(element);
    await sendKeys({ press: 'Escape' });
    await until(() => !part(element, '.menu').matches(':popover-open'), 'it was left');
    expect(element.shadowRoot?.activeElement === pressed(element)).to.equal(true);
    pressed(element).click();
    await until(() => deep(element.shadowRoot!, '.row button:last-child') !== null, 'it asks again');
    must<HTMLElement>(element.shadowRoot!, '.row button:last-child').click();
    await until(() => made.calls.length === 2, 'it is taken back');
    expect(made.calls).to.deep.equal(['add mark', 'remove mark']);
  });

  it('is not there for oneself, and says why something did not work', async () => {
    const own = await place({}, 'anna');
    expect(own.element.shadowRoot!.querySelector('button')).to.equal(null);
    const { made, element } = await place({});
    made.refuse = new ParleyError('TOO_MANY');
    pressed(element).click();
    await until(() => deep(element.shadowRoot!, '[role="alert"]') !== null, 'it is said');
    expect(text(element.shadowRoot!, '[role="alert"]')).to.equal('You have as many favourites as one may have.');
  });
});
