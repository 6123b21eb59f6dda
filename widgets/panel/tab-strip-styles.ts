import { css } from 'lit';

export const tabStripStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    background: var(--_sunken);
  }
  .strip {
    display: flex;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scrollbar-width: none;
    border-block-end: 1px solid var(--_line);
  }
  .tab {
    display: flex;
    align-items: center;
    position: relative;
    flex: 0 1 200px;
    min-inline-size: 120px;
    block-size: 36px;
    border-inline-end: 1px solid var(--_line);
    color: var(--_ink-2);
  }
  .tab:hover {
    background: var(--_hover);
    color: var(--_ink);
  }
  .tab.open {
    margin-block-end: -1px;
    background: var(--_raised);
    color: var(--_ink);
    box-shadow: inset 0 2px var(--_accent);
  }
  .title-button {
    display: flex;
    align-items: center;
    flex: 1;
    gap: 7px;
    min-inline-size: 0;
    block-size: 100%;
    margin: 0;
    padding: 0 10px;
    border: 0;
    background: none;
    text-align: start;
  }
  .title-button:focus-visible {
    outline-offset: -3px;
    border-radius: var(--_radius);
  }
  .title-button .truncate {
    flex: 1;
    unicode-bidi: isolate;
  }
  .badge {
    flex: none;
  }
  .number {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    font-size: 0.857em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--_ink);
  }
  .number i {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_mark-busy);
  }
  .close {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    margin-inline: -6px 4px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
  }
  .close:hover {
    background: var(--_pressed);
  }
  /* It comes on hover and focus (B22), where there is a pointer to hover with. */
  @media (hover: hover) {
    .close {
      position: absolute;
      inset-inline-end: 0;
      opacity: 0;
    }
    .tab:is(:hover, :focus-within) .close {
      opacity: 1;
    }
    .tab:is(:hover, :focus-within) .title-button {
      padding-inline-end: 30px;
    }
  }
  @media (forced-colors: active) {
    .tab.open {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .number i {
      background: CanvasText;
      forced-color-adjust: none;
    }
  }
`;
