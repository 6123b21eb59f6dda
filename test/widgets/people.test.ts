import { expect } from 'chai';
import { ParleyError, type Person } from '#sdk';
import '#widgets';
import type { People } from '../../widgets/people/people.js';
import { accessible, clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { anna, type StandIn, standIn, standInSession } from './support/stand-in.js';

const PEOPLE: Person[] = [
  { id: 'mark', name: 'Mark Lee', organisation: 'West' },
  { id: 'zoe', name: 'Zoe Abt', organisation: 'East' },
  { id: 'ines', name: 'Inés Älvarez', organisation: 'North' },
];

describe('<parley-people>', () => {
  let client: StandIn;
  let element: People;

  async function table(of: StandIn, users = ['zoe', 'mark', 'ines', 'anna']): Promise<People> {
    client = of;
    for (const person of PEOPLE) client.session!.people.set(person.id, person);
    const stage = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-people .users=${users} heading="CT 2"></parley-people>
      <parley-chat-panel></parley-chat-panel>
    `);
    element = stage.querySelector('parley-people')!;
    await until(() => element.shadowRoot!.querySelector('table') !== null, 'the table');
    return element;
  }
  afterEach(clear);

  const names = () => [...element.shadowRoot!.querySelectorAll('.name')].map((name) => name.textContent?.trim());

  it('[E17, E19] lists the people of a record by name, and by organisation, up and down', async () => {
    await table(standIn());
    expect(names()).to.deep.equal(['Dr Anna Berg', 'Inés Älvarez', 'Mark Lee', 'Zoe Abt']);
    const [name, organisation] = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.sort')];
    organisation?.click();
    await settled(element);
    expect(names()).to.deep.equal(['Dr Anna Berg', 'Zoe Abt', 'Inés Älvarez', 'Mark Lee']);
    expect(organisation?.closest('th')?.getAttribute('aria-sort')).to.equal('ascending');
    name?.click();
    name?.click();
    await settled(element);
    expect(names()[0]).to.equal('Zoe Abt');
    await accessible(element);
  });

  it('[E18] who is online is green, with a mark and words beside the colour', async () => {
    await table(standIn());
    client.session!.presenceOf('zoe').next({ availability: 'busy', since: 1 });
    client.session!.presenceOf('mark').next({ availability: 'offline', since: 1 });
    await settled(element);
    const online = [...element.shadowRoot!.querySelectorAll('.online')].map((name) => name.textContent?.trim());
    expect(online).to.deep.equal(['Zoe Abt']);
    const row = part(element, '.online').closest('tr')!;
    expect(row.querySelector('.words')?.textContent).to.equal('Busy');
  });

  it('[E20] a name starts a private chat', async () => {
    await table(standIn());
    part(element, 'button.name').click();
    await until(() => deep<HTMLElement & { open: boolean }>(document, 'parley-chat-panel')!.open, 'the panel opens');
    expect(client.calls).to.deep.equal(['openChat ines']);
  });

  it('[M13] a name has the menu of predefined messages, as every person', async () => {
    await table(standIn());
    const session = client.session!;
    session.info$.next({ ...session.info$.value, predefined: [{ id: '0', text: 'Please call back.' }] });
    const name = part(element, 'button.name');
    name.focus();
    name.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
    const menu = () => deep(element.shadowRoot!, 'parley-predefined-menu')?.shadowRoot?.querySelector<HTMLElement>('[role="menuitem"]');
    await until(() => menu() != null, 'the menu opens');
    menu()!.click();
    await until(() => client.calls.length > 0, 'the chat opens');
    expect(client.calls).to.deep.equal(['openChat ines "Please call back."']);
  });

  it('[E3] who may not start chats sees names and no dead buttons', async () => {
    await table(standIn(standInSession(anna, false)));
    expect(names()).to.have.length(4);
    expect(element.shadowRoot!.querySelector('button:not(.sort)')).to.equal(null);
  });

  it('[E1] shows nothing where the chat is off', async () => {
    await table(standIn());
    const { info$ } = client.session!;
    info$.next({ ...info$.value, policies: { ...info$.value.policies, enabled: false } });
    await until(() => getComputedStyle(element).display === 'none', 'nothing is shown');
  });

  describe('the conference wizard', () => {
    const wizard = () => must<HTMLElement>(document, 'parley-conference-wizard');
    const field = <T extends HTMLElement>(selector: string) => part<T>(wizard(), selector);

    beforeEach(async () => {
      const asked: unknown[] = [];
      await table(standIn());
      client.session!.directory.browse = async (query) => {
        asked.push(query);
        return { people: query?.contains ? PEOPLE.slice(0, 1) : PEOPLE, next: null };
      };
      client.session!.directory.searchAll = async () => ({
        people: [],
        mailboxes: [],
        groups: [{ id: 'ct2', name: 'CT 2', kind: 'resource', memberCount: 2 }],
      });
      part(element, '[part="group-chat"]').click();
      await until(
        () => deep(document, 'parley-conference-wizard')?.shadowRoot?.querySelector('.person') != null,
        'the wizard offers people',
      );
    });

    it('[E21, E22] begins with the people of the record, and creates the room', async () => {
      const chips = [...wizard().shadowRoot!.querySelectorAll('.chip')].map((chip) => chip.textContent?.trim());
      expect(chips).to.deep.equal(['Zoe Abt', 'Mark Lee', 'Inés Älvarez']);
      expect(field<HTMLInputElement>('#room').value).to.equal('CT 2');
      await accessible(wizard());
      field('.chip button').click();
      await settled(wizard());
      field<HTMLElement>('.primary').click();
      await until(() => client.calls.length > 0, 'it is created');
      expect(client.calls).to.deep.equal(['startChat mark,ines']);
      await until(() => deep<HTMLElement & { open: boolean }>(document, 'parley-chat-panel')!.open, 'the panel opens');
    });

    it('[E23] has a room name and a description', async () => {
      let given: unknown;
      client.session!.startChat = async (input) => {
        given = input;
        throw new ParleyError('DO_NOT_DISTURB');
      };
      field<HTMLInputElement>('#room').value = 'Mass casualty';
      field<HTMLTextAreaElement>('#description').value = 'Bus accident, A4';
      field<HTMLElement>('.primary').click();
      await until(() => given !== undefined, 'it is asked for');
      expect(given).to.deep.equal({ to: ['zoe', 'mark', 'ines'], title: 'Mass casualty', description: 'Bus accident, A4' });
      await until(() => wizard().shadowRoot!.querySelector('.failed') !== null, 'a failure is said');
      expect(field<HTMLElement>('.failed').innerText, 'with its reason').to.include('You do not want to be disturbed');
    });

    it('[E24] [E18] who is online is green, and said in words', async () => {
      client.session!.presenceOf('zoe').next({ availability: 'busy', since: 5 });
      client.session!.presenceOf('mark').next({ availability: 'offline', since: 5 });
      await until(() => wizard().shadowRoot!.querySelector('.person .online') !== null, 'she is online');
      const online = [...wizard().shadowRoot!.querySelectorAll('.person .online')].map((name) => name.textContent);
      expect(online).to.include('Zoe Abt').and.not.include('Mark Lee');
      expect(field<HTMLElement>('.person:has(.online)').innerText).to.match(/Busy|Available/);
    });

    it('[E24] finds people by all, by a field, and by a resource', async () => {
      const way = field<HTMLSelectElement>('.find select');
      way.value = 'organisation';
      way.dispatchEvent(new Event('change', { bubbles: true }));
      await settled(wizard());
      const text = field<HTMLInputElement>('.find input');
      text.value = 'west';
      text.dispatchEvent(new Event('input', { bubbles: true }));
      await until(() => wizard().shadowRoot!.querySelectorAll('.person').length === 1, 'one is found');
      way.value = 'group';
      way.dispatchEvent(new Event('change', { bubbles: true }));
      await until(() => wizard().shadowRoot!.querySelector('.group') !== null, 'resources are offered');
      field('.group').click();
      await until(() => wizard().shadowRoot!.querySelectorAll('.person').length === 3, 'its people');
      expect(field<HTMLInputElement>('.person input').checked, 'chosen already').to.equal(true);
    });
  });
});
