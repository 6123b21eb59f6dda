import { css } from 'lit';

export const emojiPickerStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 6px;
    inline-size: min(304px, calc(100vw - 26px));
    block-size: min(340px, calc(100vh - 40px));
    padding: 4px;
  }
  .groups {
    display: flex;
    flex: none;
    border-block-end: 1px solid var(--_line);
  }
  .group {
    flex: 1;
    min-inline-size: 24px;
    block-size: 32px;
    margin: 0;
    padding: 0;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    filter: grayscale(1);
  }
  .group:hover {
    background: var(--_hover);
  }
  .group[aria-selected='true'] {
    border-color: var(--_accent);
    filter: none;
  }
  .group:focus-visible {
    outline-offset: -2px;
  }
  .group,
  .cell {
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', inherit;
  }
  .group svg {
    margin: auto;
  }
  .pane {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .row {
    display: grid;
    grid-template-columns: repeat(8, minmax(0, 1fr));
  }
  .cell {
    block-size: 36px;
    min-inline-size: 24px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    font-size: 22px;
    line-height: 1;
  }
  .cell:hover,
  .cell:focus-visible {
    background: var(--_hover);
  }
  .cell:focus-visible {
    outline-offset: -2px;
  }
  .said {
    margin: 0;
    padding: 12px 8px;
    color: var(--_ink-2);
    overflow-wrap: anywhere;
    text-align: center;
  }
  .foot {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-block-size: 28px;
    padding-block-start: 4px;
    border-block-start: 1px solid var(--_line);
    color: var(--_ink-2);
    font-size: 0.93em;
  }
  .name {
    flex: 1;
  }
  .tones {
    display: flex;
    flex: none;
  }
  .tone {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
  }
  /* The tones of Fitzpatrick's scale as Unicode's charts print them: colours and not emoji, which not every font has in all tones. */
  .swatch {
    inline-size: 14px;
    block-size: 14px;
    border: 1px solid color-mix(in srgb, var(--_ink) 40%, transparent);
    border-radius: 50%;
    background: #ffcc4d;
    forced-color-adjust: none;
  }
  .tone-1 {
    background: #f7dece;
  }
  .tone-2 {
    background: #f3d2a2;
  }
  .tone-3 {
    background: #d5ab88;
  }
  .tone-4 {
    background: #af7e57;
  }
  .tone-5 {
    background: #7c533e;
  }
  .tone:hover {
    background: var(--_hover);
  }
  .tone[aria-checked='true'] {
    background: var(--_pressed);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .tone:focus-visible {
    outline-offset: -1px;
  }
  @media (forced-colors: active) {
    .group[aria-selected='true'] {
      border-color: Highlight;
    }
    .tone[aria-checked='true'] {
      outline: 1px solid Highlight;
    }
  }
`;
