import { css } from 'lit';

/**
 * Two layers: what a host may set (`--parley-accent`), and what elements read (`--_accent`), which falls back to Parley's own palette.
 * The theme follows the `color-scheme` that the page gives at this place; `theme="light"`, `"dark"` or `"auto"` on the element wins.
 * Contrast of each pair: text 4.5 or more, marks 3 or more, in both themes. Here are those that a page needs at once; tokens.ts has all.
 */
export const coreTokens = css`
  :host {
    --_surface: var(--parley-surface, light-dark(#ffffff, #14181d));
    --_line: var(--parley-line, light-dark(#d5dbe3, #323a45));
    --_ink: var(--parley-ink, light-dark(#1b2430, #d9dfe6));
    --_accent: var(--parley-accent, light-dark(#0b62c4, #6aa9f2));
    --_hover: color-mix(in srgb, var(--_ink) 7%, transparent);
    --_mark-available: var(--parley-presence-available, light-dark(#2e9e4f, #5fbf7f));
    --_mark-away: var(--parley-presence-away, light-dark(#b97f00, #d8a545));
    --_mark-busy: var(--parley-presence-busy, light-dark(#d64533, #ef8279));
    --_mark-none: var(--parley-presence-offline, light-dark(#7a8694, #9aa5b1));
    --_font-size: var(--parley-font-size, 14px);
    --_radius: var(--parley-radius, 6px);
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
      --_line: var(--parley-line, light-dark(#7f8b99, #7c8896));
    }
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_line: CanvasText;
      --_ink: CanvasText;
      --_accent: Highlight;
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
