import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { type ContactGroup, LIMITS } from '#sdk';
import { DialogElement } from '../internal/dialog-element.js';
import { html } from '../internal/html.js';
import type { Act } from './contact-acts.js';

/** @summary Asks for the name of a personal group: of a new one, with the people chosen, or another name for one (S15). */
export class GroupDialog extends DialogElement {
  static readonly tag = 'contact-group-dialog';
  static override properties: PropertyDeclarations = {
    group: { attribute: false },
    users: { attribute: false },
    save: { attribute: false },
    name: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  /** The one that is renamed; null: a new one. */
  group: ContactGroup | null = null;
  /** Who is in it. */
  users: readonly string[] = [];
  /** Called with the group; resolves to why it could not be saved, or to nothing. */
  save: ((act: Extract<Act, { type: 'save-group' }>) => Promise<string>) | null = null;

  protected name = '';
  protected error = '';
  protected busy = false;

  protected override get heading(): string {
    return this.text(this.group === null ? 'createGroup' : 'renameGroup');
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.hasUpdated) this.name = this.group?.name ?? '';
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const name = this.name.trim();
    if (name === '' || this.busy) return;
    this.busy = true;
    this.error = (await this.save?.({ type: 'save-group', ...(this.group ? { id: this.group.id } : {}), name, users: this.users })) ?? '';
    this.busy = false;
    if (this.error === '') this.close();
  }

  protected override renderBody(): TemplateResult {
    const count = this.users.length;
    return html`<form id="form" @submit=${this.#submit}>
      <input
        class="field"
        dir="auto"
        autocomplete="off"
        maxlength=${LIMITS.personFieldLength}
        aria-label=${this.text('groupName')}
        placeholder=${this.text('groupNameHint')}
        .value=${this.name}
        @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)}
      />
      ${this.group !== null || count === 0 ? nothing : html`<p>${this.text('groupWith', { count })}</p>`}
      ${this.error === '' ? nothing : html`<p role="alert">${this.error}</p>`}
    </form>`;
  }

  protected override renderActions(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => this.close()}>${this.text('cancel')}</button>
      <button
        class="button primary"
        type="submit"
        form="form"
        aria-disabled=${this.name.trim() === '' ? 'true' : nothing}
        aria-busy=${this.busy ? 'true' : nothing}
      >
        ${this.text('save')}
      </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-contact-group-dialog': GroupDialog;
  }
}
