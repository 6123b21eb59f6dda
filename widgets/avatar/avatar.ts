import { css, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { VERSION } from '../internal/define.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { base } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';

/** Calm hues that keep apart for the usual colour deficiencies; none is one of the presence colours. */
const HUES = [212, 258, 322, 188, 286, 232, 170, 340] as const;

/** FNV-1a: the same person has the same colour on every screen. */
function hueOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  return HUES[(hash >>> 0) % HUES.length] ?? HUES[0];
}

const HONORIFICS = /^(?:dr|prof|pd|doz|mag|dipl|ing|mr|mrs|ms|sr|med)\.?$/i;

/** First letters of the first and last word that are names: "Dr. Anna Berg" gives AB, "李伟" gives 李. */
export function initials(name: string): string {
  const words = name
    .replace(/[([{].*?[)\]}]/g, ' ')
    .split(/[\s,_]+/u)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const names = words.filter((word) => !HONORIFICS.test(word));
  const used = names.length > 0 ? names : words;
  const [first, last] = [used[0], used.length > 1 ? used.at(-1) : undefined];
  return [first, last]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/**
 * @summary The round mark of a person (picture or initials) or of a group. Decoration: the name stands beside it.
 * @slot presence - A presence badge, at the lower end corner.
 * @csspart mark - The disc.
 * @cssproperty [--parley-avatar-size=32px] - Its diameter.
 */
export class Avatar extends LitElement {
  static readonly tag = 'avatar';
  static readonly version: string = VERSION;
  static override styles = [
    tokens,
    base,
    css`
      :host {
        --_size: var(--parley-avatar-size, 32px);
        display: inline-grid;
        position: relative;
        flex: none;
        inline-size: var(--_size);
        block-size: var(--_size);
      }
      .mark {
        display: grid;
        place-items: center;
        border-radius: 50%;
        background: light-dark(hsl(var(--_hue) 45% 90%), hsl(var(--_hue) 26% 25%));
        color: light-dark(hsl(var(--_hue) 60% 28%), hsl(var(--_hue) 45% 84%));
        font-size: calc(var(--_size) * 0.38);
        font-weight: 600;
        line-height: 1;
        letter-spacing: 0.01em;
        user-select: none;
      }
      img.mark {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      .mark svg {
        inline-size: 60%;
        block-size: 60%;
      }
      .group {
        border-radius: 32%;
        background: light-dark(#e4e9ef, #2a323c);
        color: var(--_ink-2);
      }
      ::slotted([slot='presence']) {
        position: absolute;
        inset-block-end: -2px;
        inset-inline-end: -2px;
      }
      @media (forced-colors: active) {
        .mark {
          border: 1px solid CanvasText;
        }
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    name: {},
    seed: {},
    group: { type: Boolean },
    photo: {},
    lost: { state: true },
  };

  /** The name that the initials are taken from. */
  name = '';

  /** What the colour is made of, such as the user's id; without it the name. */
  seed = '';

  /** A mark for several people. */
  group = false;

  /** Address of a picture; shown where it is of the page's own origin, since Parley asks nobody else for anything. Initials without one. */
  photo = '';

  /** The picture that could not be had. */
  protected lost = '';

  get #picture(): string {
    const own = URL.canParse(this.photo, document.baseURI) && new URL(this.photo, document.baseURI).origin === location.origin;
    return this.photo !== '' && own && this.photo !== this.lost ? this.photo : '';
  }

  protected override render(): TemplateResult {
    const text = this.group ? '' : initials(this.name);
    const picture = this.#picture;
    if (picture !== '' && !this.group) {
      return html`<img class="mark" part="mark" src=${picture} alt="" loading="lazy" @error=${() => (this.lost = picture)} /><slot
          name="presence"
        ></slot>`;
    }
    const mark = this.group ? icon('group', 20) : text === '' ? icon('person', 20) : text;
    return html`<span class=${this.group ? 'mark group' : 'mark'} part="mark" aria-hidden="true">${mark}</span
      ><slot name="presence"></slot>`;
  }

  protected override updated(): void {
    // Through the object model and not in markup: a strict content security policy forbids style attributes.
    this.renderRoot.querySelector<HTMLElement>('.mark')?.style.setProperty('--_hue', String(hueOf(this.seed || this.name)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-avatar': Avatar;
  }
}
