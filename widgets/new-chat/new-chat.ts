import { css, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { LIMITS, ParleyError, type Person, type SessionInfo } from '#sdk';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { refusalText } from '../message/delivery.js';
import { PeoplePicker } from './people-picker.js';
import './new-chat-words.js';

/**
 * @summary Starts a chat: people are collected first, and nothing begins before "Start chat" (B4, B5, B9, B11). Several people may have a
 * title and a description (E23). Nothing at all for those who may not start one (E3).
 */
export class NewChat extends ParleyElement {
  static readonly tag = 'new-chat';
  static override readonly parts = [PeoplePicker];
  static override styles = [
    tokens,
    base,
    buttons,
    fields,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
        background: var(--_raised);
      }
      header {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 8px 8px 4px;
      }
      h2 {
        margin: 0;
        font-size: 1.07em;
        font-weight: 600;
      }
      .form {
        display: grid;
        align-content: start;
        gap: 12px;
        flex: 1;
        min-block-size: 0;
        padding: 4px 12px 16px;
        overflow-y: auto;
      }
      .error {
        display: flex;
        gap: 6px;
        margin: 0;
        color: var(--_bad);
      }
      textarea {
        resize: vertical;
      }
      .start {
        transition: none;
        justify-self: start;
        min-block-size: 32px;
        padding-inline: 16px;
      }
      .start[aria-disabled='true'] {
        border-color: transparent;
        background: var(--_sunken);
        color: var(--_ink-2);
        font-weight: 400;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    closed: { attribute: false },
    chosen: { state: true },
    busy: { state: true },
    error: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Called when it was left, with or without a chat. */
  closed: ((started: boolean) => void) | null = null;

  protected chosen: readonly Person[] = [];
  protected busy = false;
  protected error = '';
  protected get picker(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(tagOf('people-picker'));
  }

  /** What stands in a field; nothing where the field is not shown. */
  #value(selector: string): string {
    return this.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector)?.value.trim() ?? '';
  }

  #info = new StoreController<SessionInfo | null>(this, (client) => client.select((session) => session.info$, null), null);

  override focus(): void {
    this.picker?.focus();
  }

  async #start(): Promise<void> {
    const session = this.client?.session;
    if (!session || this.busy || this.chosen.length === 0) return;
    const [title, description] = [this.#value('.group-title'), this.#value('.group-description')];
    this.busy = true;
    this.error = '';
    try {
      const conversation = await session.startChat({
        to: this.chosen.map((person) => person.id),
        ...(title === '' ? {} : { title }),
        ...(description === '' ? {} : { description }),
      });
      this.chosen = [];
      fire(this, 'parley-conversation-opened', { conversation });
      this.closed?.(true);
    } catch (cause) {
      this.error = refusalText(cause instanceof ParleyError ? cause.code : undefined, this.localisation);
    } finally {
      this.busy = false;
    }
  }

  #keydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    this.closed?.(false);
  }

  #titleKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    void this.#start();
  }

  protected override render(): TemplateResult | typeof nothing {
    const info = this.#info.value;
    if (info === null || !info.policies.initiate) return nothing;
    const back = this.text('back');
    return html`<header @keydown=${this.#keydown}>
        <button class="icon-button" type="button" aria-label=${back} title=${back} @click=${() => this.closed?.(false)}>
          ${icon('back')}
        </button>
        <h2>${this.text('newChat')}</h2>
      </header>
      <div class="form" @keydown=${this.#keydown}>
        <parley-people-picker
          .chosen=${this.chosen}
          .exclude=${[info.user.id]}
          .changed=${(chosen: readonly Person[]) => (this.chosen = chosen)}
          .confirmed=${() => void this.#start()}
        ></parley-people-picker>
        ${
          this.chosen.length > 1
            ? html`<input
                  class="field group-title"
                  type="text"
                  autocomplete="off"
                  maxlength=${LIMITS.titleLength}
                  aria-label=${this.text('groupTitle')}
                  placeholder=${this.text('groupTitle')}
                  @keydown=${this.#titleKeydown}
                />
                <textarea
                  class="field group-description"
                  rows="2"
                  maxlength=${LIMITS.descriptionLength}
                  aria-label=${this.text('groupDescription')}
                  placeholder=${this.text('groupDescription')}
                ></textarea>`
            : nothing
        }
        ${this.error === '' ? nothing : html`<p class="error" role="alert">${icon('warning', 16)}${this.error}</p>`}
        <button
          class="button primary start"
          type="button"
          aria-disabled=${this.chosen.length === 0 ? 'true' : nothing}
          aria-busy=${this.busy ? 'true' : nothing}
          @click=${this.#start}
        >
          ${this.text('startChat')}
        </button>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-new-chat': NewChat;
  }
}
