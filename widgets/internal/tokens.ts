import { css } from 'lit';
import { coreTokens } from './core-tokens.js';

/** The rest of the palette, for the panel's inside. */
export const moreTokens = css`
  :host {
    --_raised: var(--parley-raised, light-dark(#f5f7fa, #1b2027));
    --_sunken: var(--parley-sunken, light-dark(#eceff3, #0f1216));
    --_edge: var(--parley-edge, light-dark(#7f8b99, #66727f));
    --_ink-2: var(--parley-ink-2, light-dark(#55616f, #9aa5b1));
    --_on-accent: var(--parley-on-accent, light-dark(#ffffff, #0f1216));
    --_link: var(--parley-link, light-dark(#0b57b0, #7db4f5));
    --_bubble: var(--parley-bubble, light-dark(#f0f3f6, #20262d));
    --_own: var(--parley-own, light-dark(#e3effc, #1d2d40));
    --_unread: var(--parley-unread, light-dark(#dcebff, #16324f));
    --_ok: var(--parley-ok, light-dark(#1b7f3b, #5fbf7f));
    --_warn: var(--parley-warn, light-dark(#8a5a00, #d8a545));
    --_bad: var(--parley-bad, light-dark(#b3261e, #ef8279));
    --_pressed: color-mix(in srgb, var(--_ink) 12%, transparent);
    --_density: var(--parley-density, 1);
    --_radius-large: var(--parley-radius-large, 10px);
    --_elevation: var(--parley-elevation, 0 1px 2px light-dark(#1b243014, #0006), 0 8px 24px light-dark(#1b243029, #0009));
  }
  @media (prefers-contrast: more) {
    :host {
      --_ink-2: var(--parley-ink-2, light-dark(#333d49, #c3ccd6));
      --_edge: var(--parley-edge, light-dark(#1b2430, #d9dfe6));
    }
  }
  @media (forced-colors: active) {
    :host {
      --_raised: Canvas;
      --_sunken: Canvas;
      --_edge: ButtonBorder;
      --_ink-2: CanvasText;
      --_on-accent: HighlightText;
      --_link: LinkText;
      --_own: Canvas;
      --_unread: Canvas;
      --_ok: CanvasText;
      --_warn: CanvasText;
      --_bad: CanvasText;
    }
  }
`;

export const tokens = [coreTokens, moreTokens];
