import { expect } from 'chai';
import '#widgets';
import { SettingsDialog } from '../../widgets/settings/settings-dialog.js';
import { accessible, clear, html, part, settled, show, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(SettingsDialog);

describe('<parley-settings-dialog>', () => {
  let client: StandIn;
  let dialog: SettingsDialog;

  beforeEach(async () => {
    client = standIn();
    dialog = show(html`<parley-settings-dialog .client=${client}></parley-settings-dialog>`).querySelector('parley-settings-dialog')!;
    await settled(dialog);
    await until(() => part<HTMLDialogElement>(dialog, 'dialog').open, 'it is open');
  });
  afterEach(clear);

  const box = (name: string) => part<HTMLInputElement>(dialog, `input[name="${name}"]`);

  it('[S7] switches sound, banner, title and text on and off, each kept on the server at once', async () => {
    for (const name of ['sound', 'banner', 'titleBlink'] as const) {
      expect(box(name).checked, name).to.equal(true);
      box(name).click();
      await until(() => client.session!.settings$.value[name] === false, name);
    }
    await accessible(dialog);
  });

  it('[S8] decides after how long one is away, or never', async () => {
    const away = part<HTMLSelectElement>(dialog, '#away');
    expect(away.value).to.equal('10');
    for (const minutes of ['30', '0']) {
      away.value = minutes;
      away.dispatchEvent(new Event('change', { bubbles: true }));
      await until(() => client.session!.settings$.value.autoAwayMinutes === Number(minutes), minutes);
    }
  });

  it('[S16, B43, E12] shows contacts who are offline, busy on a call, and the clock', async () => {
    box('showOffline').click();
    box('busyOnCall').click();
    const clock = part<HTMLSelectElement>(dialog, '#clock');
    clock.value = 'h12';
    clock.dispatchEvent(new Event('change', { bubbles: true }));
    await until(() => client.session!.settings$.value.hourCycle === 'h12', 'the clock');
    expect(client.session!.settings$.value).to.include({ showOffline: true, busyOnCall: false });
  });

  it('the text in banners is offered only where the tenant allows it', async () => {
    expect(box('previewText').disabled).to.equal(true);
    const { info$ } = client.session!;
    info$.next({ ...info$.value, policies: { ...info$.value.policies, previewText: true } });
    dialog.requestUpdate();
    await settled(dialog);
    expect(box('previewText').disabled).to.equal(false);
  });

  it('says that something could not be saved, and shows what the server has', async () => {
    client.session!.saveSettings = () => Promise.reject(new Error('offline'));
    box('sound').click();
    await until(() => dialog.shadowRoot!.querySelector('[role="alert"]') !== null, 'it is said');
    await until(() => box('sound').checked, 'the box is as before');
  });
});
