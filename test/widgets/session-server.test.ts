import { expect } from 'chai';
import { executeServerCommand } from '@web/test-runner-commands';
import '#widgets';
import '../../widgets/inside.js';
import { define } from '../../widgets/internal/define.js';
import { StatusMenu } from '../../widgets/status-menu/status-menu.js';
import { clear, deep, html, part, show, soon, until } from './support/page.js';

define(StatusMenu);

/** Against a real server: what the stand-in of the other tests cannot prove. */
describe('<parley-session> and a server', () => {
  let id: string;
  let url: string;
  const token = (sub: string, name: string) => async (): Promise<string> => {
    const answer = await executeServerCommand<{ token: string }, object>('parley-server', { op: 'token', id, sub, claims: { name } });
    return answer.token;
  };

  before(async () => {
    ({ id, url } = await executeServerCommand<{ id: string; url: string }, object>('parley-server', { op: 'start' }));
  });
  after(async () => {
    await executeServerCommand('parley-server', { op: 'stop', id });
  });
  afterEach(clear);

  it('connects by itself once server and token are there, switches the user, and ends when it is taken away', async () => {
    const stage = show(html`
      <parley-launcher>Chat</parley-launcher>
      <parley-status-menu></parley-status-menu>
      <parley-session server=${url}></parley-session>
    `);
    const session = stage.querySelector('parley-session')!;
    const name = (): string => deep(stage.querySelector('parley-status-menu')!.shadowRoot!, '.name')?.textContent ?? '';
    expect(session.client === null, 'nothing to connect with yet').to.equal(true);
    session.token = token('anna', 'Anna Berg');
    await until(() => name() === 'Anna Berg', 'Anna is signed in');
    part(stage.querySelector('parley-launcher')!, 'button');

    await session.switchUser(token('bob', 'Bob Stone'));
    await until(() => name() === 'Bob Stone', 'Bob is signed in');

    const client = session.client!;
    const home = session.parentElement!;
    home.prepend(session);
    await soon();
    expect(client.session?.info.user.id, 'a move is not a goodbye').to.equal('bob');
    session.remove();
    await soon();
    expect(client.session === null, 'it has ended').to.equal(true);
    await until(() => deep(stage.querySelector('parley-launcher')!.shadowRoot!, 'button') === null, 'the launcher is gone');
  });
});
