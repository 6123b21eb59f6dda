import { css } from 'lit';
import { core } from './core-styles.js';

/**
 * Where the page's text ends: whatever it says of letters, lines, colours or the mouse, ours begin as if it said nothing. Only font and colour
 * scheme are the page's, its language, and whether there is something to see and to touch at all.
 */
export const apart = css`
  all: initial;
  color-scheme: inherit;
  font-family: inherit;
  visibility: inherit;
  pointer-events: inherit;
  -webkit-locale: inherit;
  -webkit-text-size-adjust: inherit;
  -webkit-user-select: text;
  user-select: text;
`;

/** What the elements inside a panel have beyond the core. */
export const more = css`
  :where(.panel, .stack, .menu) {
    ${apart}
    box-sizing: border-box;
    display: revert;
    color: var(--_ink);
    font-size: var(--_font-size);
    line-height: 1.45;
  }
  .directed:dir(rtl) {
    transform: scaleX(-1);
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const base = [core, more];

/** Buttons: plain (`.button`), the one that matters (`.primary`), and with an icon only (`.icon-button`). */
export const buttons = css`
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 28px;
    margin: 0;
    padding: 3px 10px;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    text-decoration: none;
    transition: background-color var(--_open);
  }
  .button {
    border-color: var(--_edge);
    background: var(--_surface);
  }
  .icon-button {
    inline-size: 28px;
    padding: 0;
    flex: none;
    color: var(--_ink-2);
  }
  .button:hover,
  .icon-button:hover {
    background: linear-gradient(var(--_hover) 0 0) var(--_surface);
    color: var(--_ink);
  }
  .icon-button:hover {
    background: var(--_hover);
  }
  .button:active,
  .icon-button:active,
  .icon-button[aria-expanded='true'] {
    background: var(--_pressed);
  }
  .primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .primary:hover,
  .primary:active {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_ink));
    color: var(--_on-accent);
  }
  .text-button {
    padding: 0;
    border: 0;
    min-block-size: 24px;
    background: none;
    color: var(--_link);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  button:disabled,
  button[aria-disabled='true'] {
    cursor: default;
    color: var(--_ink-2);
    background: none;
    border-color: var(--_line);
  }
  @media (pointer: coarse) {
    .button,
    .icon-button {
      min-block-size: 36px;
    }
    .icon-button {
      inline-size: 36px;
    }
  }
  @media (forced-colors: active) {
    .primary {
      forced-color-adjust: none;
    }
    .icon-button {
      color: ButtonText;
    }
    button:disabled,
    button[aria-disabled='true'] {
      color: GrayText;
    }
  }
`;

/** One-line and growing text fields. */
export const fields = css`
  .field {
    inline-size: 100%;
    min-block-size: 32px;
    margin: 0;
    padding: 5px 10px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    line-height: 20px;
  }
  .field::placeholder {
    color: var(--_ink-2);
    opacity: 1;
  }
  .field:focus-visible {
    outline-offset: -1px;
    border-color: var(--_accent);
  }
`;

/** Menus and small dialogs in the top layer. */
export const menus = css`
  [popover].menu {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    min-inline-size: 200px;
    max-inline-size: min(320px, calc(100vw - 16px));
    max-block-size: calc(100vh - 16px);
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_surface);
    box-shadow: var(--_elevation);
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 32px;
    margin: 0;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
  }
  .menu-item:hover,
  .menu-item:focus-visible {
    background: var(--_hover);
  }
  .menu-item:focus-visible {
    outline-offset: -2px;
  }
`;
