import { css, nothing, type TemplateResult } from 'lit';
import type { Policies, Preferences, Settings } from '#sdk';
import { DialogElement } from '../internal/dialog-element.js';
import { html } from '../internal/html.js';
import { learn } from '../internal/localisation.js';
import type { MessageKey } from '../internal/messages/en.js';
import { settingsMessages } from '../internal/messages/en-settings.js';
import { StoreController } from '../internal/store-controller.js';
import { askToNotify } from '../notices/desktop.js';
import { Doorbell } from '../notices/doorbell.js';

learn({ messages: settingsMessages });

/** Minutes that are offered; 0 is never. */
const AWAY_AFTER = [1, 5, 10, 15, 30, 60, 0];
const CLOCKS = { h23: 'settingsClock24', h12: 'settingsClock12', auto: 'settingsClockAuto' } as const satisfies Record<
  Preferences['hourCycle'],
  MessageKey
>;
type Switch = { [K in keyof Preferences]: Preferences[K] extends boolean ? K : never }[keyof Preferences];

type SwitchWords =
  'settingsSound' | 'settingsBanner' | 'settingsDesktop' | 'settingsTitle' | 'settingsPreview' | 'settingsOnCall' | 'settingsOffline';

/**
 * @summary What a person may settle about the chat (S7, S8, S16, B24, E8): kept on the server, the same on every device. Each change holds at once.
 */
export class SettingsDialog extends DialogElement {
  static readonly tag = 'settings-dialog';
  static override styles = [
    DialogElement.styles,
    css`
      :host {
        --_dialog-width: 440px;
      }
      fieldset {
        display: grid;
        gap: 2px;
        margin: 0 0 16px;
        padding: 0;
        border: 0;
      }
      legend {
        margin-block-end: 4px;
        padding: 0;
        color: var(--_ink-2);
        font-weight: 600;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 4px 12px;
        min-block-size: 32px;
      }
      .row > label {
        display: flex;
        align-items: center;
        gap: 10px;
        flex: 1 1 180px;
        min-block-size: 32px;
        padding-block: 4px;
        box-sizing: border-box;
        line-height: 1.3;
        cursor: pointer;
      }
      input[type='checkbox'] {
        flex: none;
        inline-size: 18px;
        block-size: 18px;
        margin: 0;
        accent-color: var(--_accent);
      }
      select.field {
        inline-size: auto;
        max-inline-size: 100%;
      }
      .hint {
        flex-basis: 100%;
        margin: 0 0 4px;
        padding-inline-start: 28px;
        color: var(--_ink-2);
      }
      .failed {
        color: var(--_bad);
      }
    `,
  ];
  static override properties = { failed: { state: true }, denied: { state: true } };

  protected failed = false;
  protected denied = false;

  #settings = new StoreController<Settings | null>(this, (client) => client.select<Settings | null>((s) => s.settings$, null), null);
  #doorbell: Doorbell | null = null;

  protected override get heading(): string {
    return this.text('settings');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#doorbell?.stop();
    this.#doorbell = null;
  }

  async #save(change: Partial<Preferences>): Promise<void> {
    try {
      await this.client?.session?.saveSettings(change);
      this.failed = false;
    } catch {
      this.failed = true;
      // What the server has is shown again.
      this.requestUpdate();
    }
  }

  async #switch(name: Switch, box: HTMLInputElement): Promise<void> {
    const wanted = box.checked;
    if (name === 'desktop' && wanted) {
      this.denied = !(await askToNotify());
      if (this.denied) {
        box.checked = false;
        return;
      }
    }
    await this.#save({ [name]: wanted });
    box.checked = this.#settings.value?.[name] ?? wanted;
  }

  #renderSwitch(name: Switch, words: SwitchWords, hint: TemplateResult | typeof nothing = nothing, disabled = false): TemplateResult {
    return html`<div class="row">
      <label>
        <input
          type="checkbox"
          name=${name}
          .checked=${this.#settings.value?.[name] === true && !disabled}
          ?disabled=${disabled}
          @change=${(event: Event) => this.#switch(name, event.target as HTMLInputElement)}
        />
        <span>${this.text(words)}</span>
      </label>
      ${hint}
    </div>`;
  }

  #renderHint(words: 'settingsDesktopDenied' | 'settingsPreviewOff'): TemplateResult {
    return html`<p class="hint">${this.text(words)}</p>`;
  }

  #renderTry(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => (this.#doorbell ??= new Doorbell(this.ownerDocument)).ring()}>
      ${this.text('settingsTry')}
    </button>`;
  }

  #renderAway(minutes: number): TemplateResult {
    const offered = AWAY_AFTER.includes(minutes) ? AWAY_AFTER : [minutes, ...AWAY_AFTER];
    return html`<div class="row">
      <label for="away">${this.text('settingsAway')}</label>
      <select
        class="field"
        id="away"
        @change=${(event: Event) => this.#save({ autoAwayMinutes: Number((event.target as HTMLSelectElement).value) })}
      >
        ${offered.map(
          (choice) =>
            html`<option value=${choice} ?selected=${choice === minutes}>
              ${choice === 0 ? this.text('settingsAwayNever') : this.text('settingsMinutes', { count: choice })}
            </option>`,
        )}
      </select>
    </div>`;
  }

  #renderClock(hourCycle: Preferences['hourCycle']): TemplateResult {
    const choices = Object.entries(CLOCKS) as [Preferences['hourCycle'], (typeof CLOCKS)[Preferences['hourCycle']]][];
    return html`<div class="row">
      <label for="clock">${this.text('settingsClock')}</label>
      <select
        class="field"
        id="clock"
        @change=${(event: Event) => this.#save({ hourCycle: (event.target as HTMLSelectElement).value as Preferences['hourCycle'] })}
      >
        ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === hourCycle}>${this.text(words)}</option>`)}
      </select>
    </div>`;
  }

  protected override renderBody(): TemplateResult {
    const settings = this.#settings.value;
    const policies: Policies | undefined = this.client?.session?.info.policies;
    if (settings === null || policies === undefined) return html``;
    const denied = this.denied ? this.#renderHint('settingsDesktopDenied') : nothing;
    return html`${this.failed ? html`<p class="failed" role="alert">${this.text('settingsFailed')}</p>` : nothing}
      <fieldset>
        <legend>${this.text('settingsNoticing')}</legend>
        ${this.#renderSwitch('sound', 'settingsSound', this.#renderTry())} ${this.#renderSwitch('banner', 'settingsBanner')}
        ${this.#renderSwitch('desktop', 'settingsDesktop', denied)} ${this.#renderSwitch('titleBlink', 'settingsTitle')}
        ${this.#renderSwitch(
          'previewText',
          'settingsPreview',
          policies.previewText ? nothing : this.#renderHint('settingsPreviewOff'),
          !policies.previewText,
        )}
      </fieldset>
      <fieldset>
        <legend>${this.text('settingsPresence')}</legend>
        ${this.#renderAway(settings.autoAwayMinutes)} ${this.#renderSwitch('busyOnCall', 'settingsOnCall')}
      </fieldset>
      <fieldset>
        <legend>${this.text('settingsLists')}</legend>
        ${this.#renderSwitch('showOffline', 'settingsOffline')} ${this.#renderClock(settings.hourCycle)}
      </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-settings-dialog': SettingsDialog;
  }
}
