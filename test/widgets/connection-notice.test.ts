import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import type { Connection } from '#sdk';
import { ConnectionNotice } from '../../widgets/connection-notice/connection-notice.js';
import { connectionText } from '../../widgets/connection-notice/connection-text.js';
import { Localisation } from '../../widgets/internal/localisation.js';
import { accessible, clear, html, part, settled, show, until } from './support/page.js';
import { standIn } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(ConnectionNotice);

const at = Date.UTC(2026, 10, 12, 14, 5);
const english = new Localisation('en-GB', { timeZone: 'UTC' });
const today = new Date(at).toISOString().slice(0, 10) === new Date().toISOString().slice(0, 10);

describe('<parley-connection-notice>', () => {
  afterEach(clear);

  const cases: [Connection, string | null][] = [
    [{ state: 'ready', reason: 'synced' }, null],
    [{ state: 'idle', reason: 'start' }, null],
    [{ state: 'ready', reason: 'synced', restored: true }, 'History was restored from a backup.'],
    [{ state: 'connecting', reason: 'start' }, 'Connecting …'],
    [{ state: 'catching-up', reason: 'opened' }, 'Catching up …'],
    [{ state: 'waiting', reason: 'transport-lost', offlineSince: at }, today ? 'Offline since 14:05' : 'Offline since Thu 12 Nov'],
    [{ state: 'ended', reason: 'user-ended' }, 'Signed out'],
    [{ state: 'ended', reason: 'token-refused' }, 'The sign-in was refused.'],
    [{ state: 'ended', reason: 'revoked' }, 'Your access was withdrawn.'],
    [{ state: 'ended', reason: 'client-too-old' }, 'This page is out of date. Reload it to chat.'],
    [{ state: 'ended', reason: 'forbidden-origin' }, 'This page is not allowed to use the chat.'],
  ];
  for (const [connection, words] of cases) {
    it(`${connection.state}, ${connection.reason}: ${words ?? 'nothing'}`, () => {
      expect(connectionText(connection, english)?.text.replace(',', '') ?? null).to.equal(words);
    });
  }

  it('[G20] [SPEC S4] says at once that history was restored, until somebody has read it', async () => {
    const client = standIn();
    const notice = show(html`<parley-connection-notice .client=${client}></parley-connection-notice>`).querySelector(
      'parley-connection-notice',
    )!;
    await settled(notice);
    client.connection$.next({ state: 'ready', reason: 'synced', restored: true });
    await settled(notice);
    const region = part(notice, '[role="status"]');
    expect(region.textContent?.trim()).to.equal('History was restored from a backup.');
    expect(part(notice, '.hint').textContent).to.equal('The newest messages from before may be missing.');
    await accessible(notice);
    part(notice, 'button').click();
    await settled(notice);
    expect(region.textContent?.trim()).to.equal('');
    client.connection$.next({ state: 'ready', reason: 'synced', restored: true });
    await settled(notice);
    expect(region.textContent?.trim()).to.equal('History was restored from a backup.', 'once more is another time');
  });

  it('says offline since when in a live region that was there before, counts outside of it, and tries now', async () => {
    const client = standIn();
    const notice = show(html`<parley-connection-notice .client=${client}></parley-connection-notice>`).querySelector(
      'parley-connection-notice',
    )!;
    await settled(notice);
    const region = part(notice, '[role="status"]');
    expect(region.textContent?.trim()).to.equal('');
    const since = Date.now() - 60_000;
    client.connection$.next({ state: 'waiting', reason: 'server-unreachable', offlineSince: since, retryAt: Date.now() + 9_000 });
    await until(() => region.textContent?.trim() !== '', 'it is said');
    expect(region.textContent?.trim()).to.match(/^Offline since \d\d:\d\d$/);
    const next = part(notice, '.next');
    expect(next.textContent).to.match(/Trying again in [89] s/);
    expect(region.contains(next)).to.equal(false);
    expect(next.querySelector('span')?.getAttribute('aria-hidden')).to.equal('true');
    await accessible(notice);
    part(notice, '[part="retry"]').click();
    expect(client.calls).to.deep.equal(['connect']);
    client.connection$.next({ state: 'ready', reason: 'synced' });
    await settled(notice);
    expect(region.textContent?.trim()).to.equal('');
    expect(region.isConnected).to.equal(true);
  });
});
