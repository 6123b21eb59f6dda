import { expect } from 'chai';
import type { ParleyElement } from '../../widgets/internal/parley-element.js';
import '#widgets';
import { clear, deep, html, settled, show, soon } from './support/page.js';
import { standIn, standInSession } from './support/stand-in.js';

describe('finding the session', () => {
  afterEach(clear);

  it('takes the only one of the page, whichever comes first', async () => {
    const client = standIn();
    const stage = show(html`<parley-launcher></parley-launcher>`);
    const launcher = stage.querySelector('parley-launcher')!;
    await settled(launcher);
    expect(launcher.client).to.equal(null);
    expect(deep(launcher.shadowRoot!, 'button')).to.equal(null);

    const session = document.createElement('parley-session');
    stage.append(session);
    session.client = client;
    await settled(session, launcher);
    expect(launcher.client === client).to.equal(true);
    expect(deep(launcher.shadowRoot!, 'button')).not.to.equal(null);
  });

  it('[pain 16] two sessions on a page: by id, by the nearest around it, and never by guess', async () => {
    const [a, b] = [standIn(), standIn()];
    const stage = show(html`
      <parley-session id="a" .client=${a}></parley-session>
      <parley-session id="b" .client=${b}><parley-launcher class="inside"></parley-launcher></parley-session>
      <parley-launcher class="named" session="a"></parley-launcher>
      <parley-launcher class="lost"></parley-launcher>
    `);
    await settled(...stage.querySelectorAll('parley-session, parley-launcher'));
    const of = (name: string) => stage.querySelector<ParleyElement>(`.${name}`)!.client;
    expect(of('inside') === b).to.equal(true);
    expect(of('named') === a).to.equal(true);
    expect(of('lost')).to.equal(null);
  });

  it('finds its session out of the shadow roots of the host', async () => {
    const client = standIn();
    const stage = show(
      html`<parley-session .client=${client}></parley-session>
        <div></div>`,
    );
    const root = stage.querySelector('div')!.attachShadow({ mode: 'open' });
    const launcher = document.createElement('parley-launcher');
    root.append(launcher);
    await settled(launcher);
    expect(launcher.client === client).to.equal(true);
  });

  it('an own client wins, and its inner elements use it, too', async () => {
    const [around, own] = [standIn(), standIn()];
    const stage = show(
      html`<parley-session .client=${around}><parley-chat-panel open .client=${own}></parley-chat-panel></parley-session>`,
    );
    const panel = stage.querySelector('parley-chat-panel')!;
    await settled(panel);
    const menu = deep<ParleyElement>(panel.shadowRoot!, 'parley-status-menu')!;
    expect(menu.client === own).to.equal(true);
    panel.client = null;
    await settled(panel);
    expect(panel.client === around).to.equal(true);
    expect(deep<ParleyElement>(panel.shadowRoot!, 'parley-status-menu')!.client === around).to.equal(true);
  });

  it('[pain 16] a move in the DOM is not a goodbye: nothing is subscribed anew', async () => {
    const client = standIn();
    const stage = show(html`
      <parley-session .client=${client}></parley-session>
      <div class="from"><parley-presence-badge user="mark" name="Mark"></parley-presence-badge></div>
      <div class="to"></div>
    `);
    const badge = stage.querySelector('parley-presence-badge')!;
    await settled(badge);
    let subscriptions = 0;
    const presence = client.session!.presence.of;
    client.session!.presence.of = (user) => {
      subscriptions++;
      return presence(user);
    };
    stage.querySelector('.to')!.append(badge);
    await soon();
    await settled(badge);
    expect(subscriptions).to.equal(0);
    expect(client.session!.watched('mark')).to.equal(1);

    badge.remove();
    await soon();
    expect(client.session!.watched('mark')).to.equal(0);
    stage.append(badge);
    await settled(badge);
    expect(client.session!.watched('mark')).to.equal(1);
  });

  it('[pain 15] what belonged to the previous user is gone in the next paint', async () => {
    const client = standIn();
    client.session!.unread$.next(7);
    const stage = show(html`<parley-launcher .client=${client}></parley-launcher>`);
    const launcher = stage.querySelector('parley-launcher')!;
    await settled(launcher);
    expect(deep(launcher.shadowRoot!, '.count')?.textContent?.trim()).to.equal('7');
    client.session$.next(standInSession({ id: 'bob', name: 'Bob' }));
    await settled(launcher);
    expect(deep(launcher.shadowRoot!, '.count')).to.equal(null);
  });
});
