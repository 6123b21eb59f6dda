import { css } from 'lit';

/**
 * Two layers: what a host may set (`--parley-accent`), and what elements read (`--_accent`), which falls back to Parley's own palette.
 * The theme follows the `color-scheme` that the page gives at this place; `theme="light"`, `"dark"` or `"auto"` on the element wins.
 * Contrast of each pair: text 4.5 or more, marks 3 or more, in both themes.
 */
export const tokens = css`
  :host {
    --_surface: var(--parley-surface, light-dark(#ffffff, #14181d));
    --_raised: var(--parley-raised, light-dark(#f5f7fa, #1b2027));
    --_sunken: var(--parley-sunken, light-dark(#eceff3, #0f1216));
    --_line: var(--parley-line, light-dark(#d5dbe3, #323a45));
    --_edge: var(--parley-edge, light-dark(#7f8b99, #66727f));
    --_ink: var(--parley-ink, light-dark(#1b2430, #d9dfe6));
    --_ink-2: var(--parley-ink-2, light-dark(#55616f, #9aa5b1));
    --_accent: var(--parley-accent, light-dark(#0b62c4, #6aa9f2));
    --_on-accent: var(--parley-on-accent, light-dark(#ffffff, #0f1216));
    --_link: var(--parley-link, light-dark(#0b57b0, #7db4f5));
    --_own: var(--parley-own, light-dark(#e3effc, #1d2d40));
    --_unread: var(--parley-unread, light-dark(#dcebff, #16324f));
    --_ok: var(--parley-ok, light-dark(#1b7f3b, #5fbf7f));
    --_warn: var(--parley-warn, light-dark(#8a5a00, #d8a545));
    --_bad: var(--parley-bad, light-dark(#b3261e, #ef8279));
    --_hover: color-mix(in srgb, var(--_ink) 7%, transparent);
    --_pressed: color-mix(in srgb, var(--_ink) 12%, transparent);
    --_mark-available: var(--parley-presence-available, light-dark(#2e9e4f, #5fbf7f));
    --_mark-away: var(--parley-presence-away, light-dark(#b97f00, #d8a545));
    --_mark-busy: var(--parley-presence-busy, light-dark(#d64533, #ef8279));
    --_mark-none: var(--parley-presence-offline, light-dark(#7a8694, #9aa5b1));
    --_font-size: var(--parley-font-size, 14px);
    --_radius: var(--parley-radius, 6px);
    --_radius-large: var(--parley-radius-large, 10px);
    --_elevation: var(--parley-elevation, 0 1px 2px light-dark(#1b243014, #0006), 0 8px 24px light-dark(#1b243029, #0009));
    --_open: 120ms ease-out;
    font-family: var(--parley-font-family, inherit);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  @media (prefers-contrast: more) {
    :host {
      --_ink-2: var(--parley-ink-2, light-dark(#333d49, #c3ccd6));
      --_line: var(--parley-line, light-dark(#7f8b99, #7c8896));
      --_edge: var(--parley-edge, light-dark(#1b2430, #d9dfe6));
    }
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_raised: Canvas;
      --_sunken: Canvas;
      --_line: CanvasText;
      --_edge: ButtonBorder;
      --_ink: CanvasText;
      --_ink-2: CanvasText;
      --_accent: Highlight;
      --_on-accent: HighlightText;
      --_link: LinkText;
      --_own: Canvas;
      --_unread: Canvas;
      --_ok: CanvasText;
      --_warn: CanvasText;
      --_bad: CanvasText;
      --_mark-available: CanvasText;
      --_mark-away: CanvasText;
      --_mark-busy: CanvasText;
      --_mark-none: CanvasText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_open: 0s;
    }
  }
`;
