import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { core } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { ShellElement } from '../internal/shell-element.js';
import type { PeopleTable } from './people-table.js';

/**
 * @summary The people of a host's record (E17): name and organisation, sortable (E19), who is online in green and in words (E18). A name starts
 * a private chat (E20); "Start group chat" opens the conference wizard with them (E21, E22).
 *
 * Give `users`, or `group` for a group or resource of Parley's directory. Whoever may not start chats sees names, and no dead buttons (E3).
 * Loaded when the first one is placed.
 *
 * @event parley-chat-open - The person wants to chat with these users. Cancel it to do something else. Detail: `{ users }`.
 * @csspart table - The table.
 * @csspart group-chat - "Start group chat".
 */
export class People extends ShellElement<PeopleTable> {
  static readonly tag = 'people';
  static override styles = [coreTokens, core];
  static override properties: PropertyDeclarations = {
    users: { attribute: false },
    group: {},
    heading: {},
    for: {},
  };

  /** Ids of the people, as the tokens of your back end name them. */
  users: readonly string[] = [];

  /** Id of a group or resource of the directory, instead of `users`. */
  group = '';

  /** What they are of, for screen readers and as the room's name in the wizard: "CT 2, Users". */
  heading = '';

  /** The id of the panel that a chat opens in; without it the one of the same session. */
  for = '';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override async fetch(): Promise<typeof PeopleTable> {
    return (await import('./people-table.js')).PeopleTable;
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.inside?.render() ?? nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-people': People;
  }
}
