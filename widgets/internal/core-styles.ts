import { css } from 'lit';

/** What every element starts from: box model, size, ink, focus ring, a button without looks. */
export const core = css`
  :host {
    box-sizing: border-box;
    font-size: var(--_font-size);
    line-height: 1.45;
    color: var(--_ink);
  }
  [hidden],
  :host([hidden]),
  :host([off]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  svg {
    display: block;
    flex: none;
  }
  .truncate {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    /* Names and words have their own direction (dir="auto") and end in the dots, but stand where the interface begins its lines. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
`;

/** Elements that stand in a line of the host's page and take its colour and font, with one button that has no looks of its own. */
export const inline = css`
  :host {
    display: inline-flex;
    vertical-align: middle;
    color: inherit;
    font-size: inherit;
  }
  .bare {
    display: inline-flex;
    align-items: center;
    position: relative;
    margin: 0;
    border: 0;
    background: none;
  }
`;
