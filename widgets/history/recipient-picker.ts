import type { TemplateResult } from 'lit';
import { LIMITS } from '#sdk';
import { ChipPicker, type PickerWords } from '../internal/chip-picker.js';
import { chipPickerStyles } from '../internal/chip-picker-styles.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/more-icons.js';
import { Search } from '../internal/search.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { recipientPickerStyles } from './recipient-picker-styles.js';
import { KIND_ICONS, KIND_WORDS, type Recipient, recipientsOf, typedAddress } from './recipients.js';
import '../new-chat/new-chat-words.js';

/**
 * @summary Finds people, groups and shared mailboxes while one types, or takes a whole e-mail address, and holds those chosen as chips (B19).
 */
export class RecipientPicker extends ChipPicker<Recipient> {
  static readonly tag = 'recipient-picker';
  static override styles = [tokens, base, buttons, fields, chipPickerStyles, recipientPickerStyles];

  protected readonly most: number = LIMITS.historyRecipients;
  protected readonly search: Search<Recipient> = new Search(this, async (session, text) =>
    recipientsOf(await session.directory.searchAll(text)),
  );

  protected get hits(): readonly Recipient[] {
    const all = [...typedAddress(this.sought, this.localisation), ...this.search.hits];
    return all.filter(({ key }) => !this.chosen.some((one) => one.key === key));
  }

  protected get words(): PickerWords {
    return {
      label: this.text('historyTo'),
      hint: this.text('historyToHint'),
      list: this.text('historyRecipients'),
      found: (count) => this.text('historyHits', { count }),
      noneFound: (text) => this.text('historyNoHits', { text }),
      full: this.text('historyFull'),
    };
  }

  protected override get keyboard(): string {
    return 'email';
  }

  /** What is typed is a whole address: there is somebody to send to although nobody was chosen. */
  get complete(): boolean {
    return typedAddress(this.sought, this.localisation).length > 0;
  }

  /** Takes what is typed when it is a whole address, so that nobody has to press Enter before they send. */
  commit(): boolean {
    const [address] = typedAddress(this.sought, this.localisation);
    if (address !== undefined) {
      // Chosen before: what is typed goes all the same.
      this.chosen = this.chosen.filter(({ key }) => key !== address.key);
      this.add(address);
    }
    return this.sought.trim() === '';
  }

  protected override isBarred({ unreachable }: Recipient): boolean {
    return unreachable;
  }

  protected renderHit({ kind, name, detail, unreachable }: Recipient): TemplateResult {
    const said = unreachable ? [detail, this.text('historyNoAddress')].filter((part) => part !== '').join(' · ') : detail;
    return html`<span class="kind" title=${this.text(KIND_WORDS[kind])}>${icon(KIND_ICONS[kind])}</span>
      <span class="title truncate" dir="auto">${name}<span class="visually-hidden">, ${this.text(KIND_WORDS[kind])}</span></span>
      <span class="words truncate" dir="auto">${said}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-recipient-picker': RecipientPicker;
  }
}
