import { expect } from 'chai';
import { deep, until } from './support/page.js';
import { standIn } from './support/stand-in.js';

describe('upgrade', () => {
  it('[pain 16] markup and properties that were there before the definitions work the same', async () => {
    const stage = document.createElement('div');
    const launcher = document.createElement('parley-launcher');
    launcher.textContent = 'Messages';
    const session = document.createElement('parley-session');
    const badge = document.createElement('parley-presence-badge');
    badge.setAttribute('user', 'mark');
    const client = standIn();
    client.session!.unread$.next(2);
    client.session!.presenceOf('mark').next({ availability: 'busy', since: 0 });
    Object.assign(session, { client });
    // The launcher comes before its session, the session holds the badge, and none of them is defined yet.
    session.append(badge);
    stage.append(launcher, session);
    document.body.append(stage);
    expect(customElements.get('parley-launcher')).to.equal(undefined);

    await import('#widgets');

    await until(() => deep(launcher.shadowRoot ?? stage, '.count')?.textContent?.trim() === '2', 'the launcher counts');
    await until(() => deep(badge.shadowRoot ?? stage, '.busy') !== null, 'the badge shows busy');
    stage.remove();
  });
});
