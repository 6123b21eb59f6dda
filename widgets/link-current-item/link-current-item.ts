import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { core } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { ShellElement } from '../internal/shell-element.js';
import type { LinkButton } from './link-button.js';

/**
 * @summary "Link to current examination": puts what the user has open in the host into the message being written. Never sends (S17 to S19).
 *
 * On the host's own toolbar it opens the panel on the open chat, or on the latest. It follows the host's current item; without one it is
 * disabled and says why. It is loaded when the first one is placed; until then it is empty.
 *
 * @event parley-item-link - The item is about to be put into the message. Cancel it to keep it out. Detail: `{ link }`.
 * @event parley-item-linked - The item is in the draft; nothing was sent. Detail: `{ link, conversation }`.
 * @csspart button - The button.
 * @csspart reason - Why it is disabled.
 */
export class LinkCurrentItem extends ShellElement<LinkButton> {
  static readonly tag = 'link-current-item';
  static override styles = [coreTokens, core];
  static override properties: PropertyDeclarations = {
    conversation: {},
    toolbar: { type: Boolean, reflect: true },
    for: {},
  };

  /** The chat whose draft takes the link; without it the open one, else the latest. */
  conversation = '';

  /** For the host's toolbar: takes its colour, and gives the reason as a hint only. */
  toolbar = false;

  /** The id of the panel that it opens; without it the one of the same session. */
  for = '';

  /** Why nothing can be linked now; empty when it can. */
  get reason(): string {
    return this.inside?.reason ?? this.text('loading');
  }

  /** Puts the current item into the draft, as a click does. False when it was not: nothing to link, or the host said no. */
  link(): boolean {
    return this.inside?.link() ?? false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override async fetch(): Promise<typeof LinkButton> {
    return (await import('../inside.js')).LinkButton;
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.inside?.render() ?? nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-link-current-item': LinkCurrentItem;
  }
}
