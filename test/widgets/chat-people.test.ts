import { expect } from 'chai';
import { of } from 'rxjs';
import type { Member } from '#sdk';
import '#widgets';
import '../../widgets/inside.js';
import { ChatPeople } from '../../widgets/chat-people/chat-people.js';
import { Invitations } from '../../widgets/invitations/invitations.js';
import { accessible, clear, html, part, settled, show, until } from './support/page.js';
import { chat, type StandIn, standIn } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(ChatPeople);
define(Invitations);

const group = chat('c1', { kind: 'group', title: 'Chest group', members: ['anna', 'mark'], initiator: 'mark' });
const member = (user: string, change: Partial<Member> = {}): Member => ({
  user,
  active: true,
  marks: { delivered: 0, read: 0 },
  ...change,
});

describe('<parley-chat-people>', () => {
  let client: StandIn;
  let element: ChatPeople;
  let done = 0;

  async function shown(conversation = group, members: Member[] = [member('anna'), member('mark')]): Promise<void> {
    client = standIn();
    done = 0;
    client.session!.conversations.members$ = () => of(members);
    for (const act of ['end', 'leave'] as const) client.session![act] = async (id: string) => void client.calls.push(`${act} ${id}`);
    client.session!.remove = async (id, user) => void client.calls.push(`remove ${id} ${user}`);
    client.session!.rename = async (id, change) => void client.calls.push(`rename ${id} ${JSON.stringify(change)}`);
    const stage = show(
      html`<parley-chat-people .client=${client} .conversation=${conversation} .done=${() => done++}></parley-chat-people>`,
    );
    element = stage.querySelector('parley-chat-people')!;
    await settled(element);
  }
  afterEach(clear);

  const acts = () => [...element.shadowRoot!.querySelectorAll<HTMLElement>('.acts .menu-item')].map((act) => act.textContent?.trim());
  const press = async (selector: string) => {
    part(element, selector).click();
    await settled(element);
  };

  it('[S13, B15, S6] lists who is in, who was invited, and who wants not to be disturbed, in words', async () => {
    await shown(group, [member('anna'), member('mark', { held: true }), member('zoe', { active: false, invited: true })]);
    const marks = [...element.shadowRoot!.querySelectorAll('.people li')].map((one) => one.querySelector('.mark-words')?.textContent ?? '');
    expect(marks).to.deep.equal(['', 'Do not disturb', 'Invited']);
    await accessible(element);
  });

  it('[E15] only its initiator, or an admin, may end it for all; asked first', async () => {
    await shown();
    expect(acts()).to.deep.equal(['Add people', 'Name and description', 'Leave chat']);
    clear();
    await shown({ ...group, initiator: 'anna' });
    expect(acts().at(-1)).to.equal('End chat for all');
    await press('.menu-item.end');
    expect(client.calls).to.deep.equal([]);
    await accessible(element);
    await press('.danger');
    await until(() => done === 1, 'the menu may close');
    expect(client.calls).to.deep.equal(['end c1']);
  });

  it('[L14, attack 44] who started a group, or an admin, takes somebody out of it; asked first, by name', async () => {
    const removers = () => [...element.shadowRoot!.querySelectorAll<HTMLElement>('.remove')].map((one) => one.getAttribute('aria-label'));
    await shown();
    expect(removers(), 'somebody else has started it').to.deep.equal([]);
    clear();
    await shown({ ...group, initiator: 'anna' });
    expect(removers(), 'not oneself').to.deep.equal(['Remove Mark Lee from chat']);
    await accessible(element);
    await press('.remove');
    expect(client.calls).to.deep.equal([]);
    expect(part(element, '.question p').textContent).to.contain('Remove Mark Lee from this chat?');
    expect(element.shadowRoot!.activeElement?.textContent?.trim(), 'what changes nothing has the focus').to.equal('Cancel');
    await accessible(element);
    await press('.danger');
    await until(() => done === 1, 'the menu may close');
    expect(client.calls).to.deep.equal(['remove c1 mark']);
    clear();
    await shown({ ...group, initiator: 'anna', ended: true });
    expect(removers(), 'it is ended').to.deep.equal([]);
    clear();
    await shown(chat('c2', { initiator: 'anna' }));
    expect(removers(), 'a chat of two').to.deep.equal([]);
  });

  it('[E15] an admin may end what somebody else has started', async () => {
    await shown();
    const { info$ } = client.session!;
    info$.next({ ...info$.value, policies: { ...info$.value.policies, admin: true } });
    element.requestUpdate();
    await settled(element);
    expect(acts().at(-1)).to.equal('End chat for all');
  });

  it('[E15] a private chat can be ended by who began it, and offers nothing else', async () => {
    await shown(chat('c2', { initiator: 'anna' }));
    expect(acts()).to.deep.equal(['End chat for all']);
    clear();
    await shown(chat('c2', { initiator: 'mark' }));
    expect(acts()).to.deep.equal([]);
  });

  it('[E6] nothing can be done with a chat that was ended', async () => {
    await shown({ ...group, ended: true, initiator: 'anna' });
    expect(acts()).to.deep.equal([]);
  });

  it('[E23] gives it a name and a description', async () => {
    await shown({ ...group, description: 'CT, night' });
    expect(part(element, '.description').textContent).to.equal('CT, night');
    await press('.menu-item.rename');
    part<HTMLInputElement>(element, '#title').value = 'Chest, night';
    part<HTMLTextAreaElement>(element, '#description').value = '';
    part<HTMLFormElement>(element, '#rename').requestSubmit();
    await until(() => done === 1, 'it is done');
    expect(client.calls).to.deep.equal(['rename c1 {"title":"Chest, night","description":""}']);
  });

  it('[B22] leaves after a question, and says why it could not', async () => {
    await shown();
    client.session!.leave = () => Promise.reject(new Error('offline'));
    await press('.menu-item.leave');
    await press('.row .button:last-child');
    await until(() => element.shadowRoot!.querySelector('[role="alert"]') !== null, 'it is said');
    expect(done).to.equal(0);
  });

  it('[B12, B15] adds people at once, or invites them, as the tenant has it', async () => {
    await shown();
    await press('.menu-item.add');
    expect(part(element, '.row .primary').textContent?.trim()).to.equal('Add');
    const { info$ } = client.session!;
    info$.next({ ...info$.value, policies: { ...info$.value.policies, join: 'invite' } });
    element.requestUpdate();
    await settled(element);
    expect(part(element, '.row .primary').textContent?.trim()).to.equal('Invite');
  });
});

describe('<parley-invitations>', () => {
  afterEach(clear);

  it('[B15] shows who invites, the title and how many are in; Join opens the chat, Decline takes it away', async () => {
    const client = standIn();
    const session = client.session!;
    const invitation = { conversation: 'c9', inviter: 'mark', title: 'Chest <b>group</b>', memberCount: 3, at: Date.now() };
    Object.assign(session.invitations, {
      list$: of([invitation, { ...invitation, conversation: 'c8', title: undefined }]),
      join: async (id: string) => void client.calls.push(`join ${id}`),
      decline: async (id: string) => void client.calls.push(`decline ${id}`),
    });
    let joined = 0;
    const stage = show(html`<parley-invitations .client=${client} .joined=${() => joined++}></parley-invitations>`);
    const element = stage.querySelector('parley-invitations')!;
    await settled(element);
    const cards = [...element.shadowRoot!.querySelectorAll<HTMLElement>('li')];
    expect(cards[0]?.querySelector('strong')?.textContent).to.equal('Mark Lee invites you to “Chest <b>group</b>”');
    expect(cards[0]?.querySelector('.about')?.textContent).to.contain('3 people are in');
    expect(cards[1]?.querySelector('strong')?.textContent).to.equal('Mark Lee invites you');
    await accessible(element);
    cards[0]?.querySelector<HTMLElement>('.primary')?.click();
    await until(() => joined === 1, 'the chat is shown');
    cards[1]?.querySelector<HTMLElement>('.button:not(.primary)')?.click();
    await until(() => client.calls.length === 3, 'it is declined');
    expect(client.calls).to.deep.equal(['join c9', 'open c9', 'decline c8']);
  });

  it('says why joining failed', async () => {
    const client = standIn();
    Object.assign(client.session!.invitations, {
      list$: of([{ conversation: 'c9', inviter: 'mark', memberCount: 3, at: Date.now() }]),
      join: () => Promise.reject(new Error('offline')),
    });
    const element = show(html`<parley-invitations .client=${client}></parley-invitations>`).querySelector('parley-invitations')!;
    await settled(element);
    part(element, '.primary').click();
    await until(() => element.shadowRoot!.querySelector('[role="alert"]') !== null, 'it is said');
  });
});
