import type { PropertyDeclarations, TemplateResult } from 'lit';
import { LIMITS, type Person } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { renderPerson } from '../chat-list/found-option.js';
import { ChipPicker, type PickerWords } from '../internal/chip-picker.js';
import { chipPickerStyles } from '../internal/chip-picker-styles.js';
import { DirectorySearch } from '../internal/directory-search.js';
import { base, buttons, fields } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import './new-chat-words.js';

/**
 * @summary Finds people of the directory while one types, and holds those chosen as chips (B4, B5, B10).
 */
export class PeoplePicker extends ChipPicker<Person> {
  static readonly tag = 'people-picker';
  static override readonly parts = [Avatar, PresenceBadge];
  static override styles = [tokens, base, buttons, fields, chipPickerStyles];
  static override properties: PropertyDeclarations = { exclude: { attribute: false }, confirmed: { attribute: false } };

  /** People who cannot be chosen: oneself, and who is in already. */
  exclude: readonly string[] = [];
  /** Called by Enter in the empty field, when somebody was chosen. */
  confirmed: (() => void) | null = null;

  protected readonly most: number = LIMITS.membersPerCommand;
  protected readonly search: DirectorySearch = new DirectorySearch(this);

  protected get hits(): readonly Person[] {
    return this.search.people.filter((person) => !this.exclude.includes(person.id) && !this.chosen.some((one) => one.id === person.id));
  }

  protected get words(): PickerWords {
    return {
      label: this.text('addPerson'),
      hint: this.text('personHint'),
      list: this.text('people'),
      found: (count) => this.text('hits', { count }),
      noneFound: (text) => this.text('noHits', { text }),
    };
  }

  protected override confirm(): void {
    this.confirmed?.();
  }

  protected renderHit(person: Person): TemplateResult {
    return renderPerson(person, this.localisation);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-people-picker': PeoplePicker;
  }
}
