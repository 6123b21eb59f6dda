import { nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ContextLink, Parley, ResolvedLink } from '#sdk';
import { fire } from '../internal/events.js';
import { html } from '../internal/html.js';
import { icon, type IconName } from '../internal/more-icons.js';
import { learn } from '../internal/localisation.js';
import { linkMessages } from '../internal/messages/en-links.js';
import { oneLine } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { safeHref } from '../message/web-links.js';
import { linkCardStyles } from './link-card-styles.js';

learn({ messages: linkMessages });

type Resolution = ResolvedLink | { failed: true } | { unknown: true } | null;

/** Only what the host itself serves, or carries in the address: a picture from elsewhere would tell that site who looks at what. */
function ownImage(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address, location.href)) return null;
  const url = new URL(address, location.href);
  return url.origin === location.origin || /^data:image\/(?:png|jpeg|gif|webp|avif);/i.test(address) ? url.href : null;
}

/**
 * @summary One item of the host, as this viewer's host resolves it; a click opens it there (S21). In the composer: with a cross, not opened.
 * @event parley-item-open - The item is about to be opened. Cancel it to open it yourself. Detail: `{ link, conversation }`.
 * @csspart link-card - The card.
 */
export class LinkCard extends ParleyElement {
  static readonly tag = 'link-card';
  static override styles = [tokens, base, buttons, linkCardStyles];
  static override properties: PropertyDeclarations = {
    link: { attribute: false },
    conversation: { attribute: false },
    onRemove: { attribute: false },
    resolved: { state: true },
    notice: { state: true },
  };

  link: ContextLink | null = null;
  conversation: string | null = null;
  /** In the composer: takes the link out of the message. */
  onRemove: (() => void) | null = null;

  protected resolved: Resolution = null;
  protected notice: 'none' | 'confirm' | 'failed' = 'none';

  readonly #changes = new StoreController(this, (client) => client.host.changes$, 0);
  #asked: { link: ContextLink; client: Parley; changes: number } | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asked = null;
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { link, client } = this;
    const changes = this.#changes.value;
    if (link === null || client === null || !this.isConnected) return;
    const asked = this.#asked;
    const same = asked?.link === link && asked.client === client;
    if (same && asked.changes === changes) return;
    this.#asked = { link, client, changes };
    // What was shown stays until the host has answered again: at each `refresh()` every card would flicker.
    if (!same) {
      this.resolved = null;
      this.notice = 'none';
    }
    void this.#resolve(this.#asked);
  }

  async #resolve(asked: { link: ContextLink; client: Parley }): Promise<void> {
    const { link, client } = asked;
    const resolved: Resolution = client.host.kinds.includes(link.kind) ? await client.host.resolve(link) : { unknown: true };
    if (this.#asked === asked) this.resolved = resolved;
  }

  get #address(): URL | null {
    const url = this.link?.href === undefined ? null : safeHref(this.link.href);
    return url === null || url.protocol === 'mailto:' ? null : url;
  }

  async #open(): Promise<void> {
    const { link } = this;
    if (link === null || !fire(this, 'parley-item-open', { link, conversation: this.conversation })) return;
    if (await this.client?.host.open(link)) {
      this.notice = 'none';
      return;
    }
    const address = this.#address;
    if (address === null) this.notice = 'failed';
    // Away from the host only after a second, informed click (attack 55).
    else if (address.origin === location.origin) this.#visit(address);
    else this.notice = 'confirm';
  }

  #visit(address: URL): void {
    this.notice = 'none';
    window.open(address.href, '_blank', 'noopener,noreferrer');
  }

  #kindIcon(kind: string): IconName {
    return this.client?.host.icon(kind) ?? 'document';
  }

  /** A kind that no host ever told about: the word itself, made readable. */
  #kindWord(kind: string): string {
    return oneLine(this.client?.host.noun(kind) ?? '') || kind.replaceAll('-', ' ');
  }

  #said(link: ContextLink): { title: string; subtitle: string; image: string | null; opens: boolean; quiet: boolean } {
    const { resolved } = this;
    const word = this.#kindWord(link.kind);
    const label = oneLine(link.label ?? '');
    const plain = { image: null, opens: false, quiet: true };
    if (resolved === null) return { ...plain, title: this.text('linkResolving'), subtitle: word };
    if ('denied' in resolved) return { ...plain, title: this.text('linkDenied'), subtitle: oneLine(resolved.reason ?? '') || word };
    if ('failed' in resolved) return { ...plain, title: label || this.text('linkFailed'), subtitle: word, opens: true };
    if ('unknown' in resolved) {
      const address = this.#address;
      const subtitle = address === null ? this.text('linkElsewhere') : address.host;
      return { ...plain, title: label || word, subtitle, opens: address !== null, quiet: address === null };
    }
    return {
      title: oneLine(resolved.title) || word,
      subtitle: oneLine(resolved.subtitle ?? '') || word,
      image: ownImage(resolved.thumbnail),
      opens: true,
      quiet: false,
    };
  }

  #renderNotice(): TemplateResult | typeof nothing {
    if (this.notice === 'failed') return html`<p class="notice" role="status">${this.text('linkCannotOpen')}</p>`;
    const address = this.#address;
    if (this.notice === 'none' || address === null) return nothing;
    return html`<div class="notice" role="status">
      <span>${this.text('leaveForSite', { host: address.host })}</span>
      <button class="text-button" type="button" @click=${() => this.#visit(address)}>
        ${this.text('openSite', { host: address.host })}
      </button>
      <button class="text-button" type="button" @click=${() => (this.notice = 'none')}>${this.text('cancel')}</button>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { link, onRemove } = this;
    if (link === null) return nothing;
    const { title, subtitle, image, opens, quiet } = this.#said(link);
    const inside = html`<span class="picture"
        >${image === null ? icon(this.resolved !== null && 'denied' in this.resolved ? 'warning' : this.#kindIcon(link.kind)) : html`<img src=${image} alt="" />`}</span
      >
      <span class="words">
        <span class="title" dir="auto">${title}</span>
        <span class="subtitle" dir="auto">${subtitle}</span>
      </span>`;
    const classes = `card ${quiet ? 'quiet' : ''} ${this.resolved === null ? 'resolving' : ''}`;
    if (onRemove !== null) {
      return html`<div class=${classes} part="link-card">
        ${inside}
        <button
          class="icon-button"
          type="button"
          aria-label="${this.text('removeLink')}: ${title}"
          title=${this.text('removeLink')}
          @click=${onRemove}
        >
          ${icon('close', 16)}
        </button>
      </div>`;
    }
    if (!opens) return html`<div class=${classes} part="link-card">${inside}</div>`;
    return html`<button
        class=${classes}
        part="link-card"
        type="button"
        title="${title}${subtitle === '' ? '' : `, ${subtitle}`}"
        @click=${this.#open}
      >
        ${inside}
      </button>
      ${this.#renderNotice()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-link-card': LinkCard;
  }
}
