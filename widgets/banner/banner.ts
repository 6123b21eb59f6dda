import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Notice, Settings } from '#sdk';
import { core } from '../internal/core-styles.js';
import { coreTokens } from '../internal/core-tokens.js';
import { findPanel, type PanelElement } from '../internal/panel-lookup.js';
import { ShellElement } from '../internal/shell-element.js';
import { StoreController } from '../internal/store-controller.js';
import type { BannerStack } from './banner-stack.js';

/** From this width on the panel's list stands beside the open chat. px */
const LIST_BESIDE = 640;
/** After which another thing may be in view. */
const TURNS = ['focus', 'blur', 'resize', 'parley-panel-open', 'parley-panel-close'];

/**
 * @summary Incoming messages and invitations at the bottom of any page of the host (E7): who, and when in 24 hours (E9); what only where
 * the tenant and the person both want it shown.
 *
 * Where the open panel fills the window it is at the top of the chat instead, so that it covers neither the field nor the last message.
 *
 * Stays until it is opened, dismissed, or read on any device. Shows three, then how many more. Takes no focus and covers nothing but its corner;
 * what it shows is loaded with the first notice. Not shown for what is or was in view in the panel, nor where the person has switched it off.
 *
 * @csspart banner - One notice.
 * @cssproperty [--parley-banner-inset=16px] - How far from the bottom end corner of the window: leave room for a status bar of yours.
 * @cssproperty --parley-banner-inset-inline - Another distance from the end edge: leave room for an open panel that is docked there.
 */
export class Banner extends ShellElement<BannerStack> {
  static readonly tag = 'banner';
  static override styles = [coreTokens, core];
  static override properties: PropertyDeclarations = { for: {} };

  /** The id of the panel that it opens; without it the one of the same session. */
  for = '';

  #pending = new StoreController<readonly Notice[]>(this, (client) => client.select((session) => session.notices.pending$, []), []);
  #settings = new StoreController<Settings | null>(this, (client) => client.select<Settings | null>((s) => s.settings$, null), null);
  #open = new StoreController<string | null>(this, (client) => client.select((session) => session.open$, null), null);
  /** What was in view once, and is no news any more when another chat is opened. */
  #seen = new Set<string>();

  /** The panel that it opens; null while there is none. */
  get panel(): PanelElement | null {
    return findPanel(this, this.for);
  }

  /** What is shown now. */
  get notices(): readonly Notice[] {
    if (this.off || this.#settings.value?.banner !== true) return [];
    // Nobody looks at a page behind another.
    const looks = document.hasFocus();
    return this.#pending.value.filter((notice) => notice.type === 'invitation' || !looks || !this.#isSeen(notice));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of TURNS) window.addEventListener(type, this.#look);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of TURNS) window.removeEventListener(type, this.#look);
  }

  /** The person has, or had, it before them in the panel that is open: as the open chat, or as an entry with its dot in the list. */
  #isSeen({ id, conversation }: Notice): boolean {
    const { panel } = this;
    const open = this.#open.value;
    if (!panel?.open) return false;
    if (open === conversation || open === null || panel.clientWidth >= LIST_BESIDE) this.#seen.add(id);
    return this.#seen.has(id);
  }

  readonly #look = (): void => this.requestUpdate();

  protected override async fetch(): Promise<typeof BannerStack> {
    return (await import('./banner-stack.js')).BannerStack;
  }

  protected override updated(): void {
    if (this.notices.length > 0 && !this.failed) void this.load();
    this.inside?.updated();
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.inside?.render() ?? nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-banner': Banner;
  }
}
