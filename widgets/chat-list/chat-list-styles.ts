import { css } from 'lit';

export const chatListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    min-block-size: 0;
    background: var(--_raised);
  }
  .search {
    position: relative;
    margin: 8px 12px;
  }
  .error {
    display: flex;
    gap: 6px;
    margin: 0 12px 8px;
    color: var(--_bad);
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .scroller {
    position: absolute;
    inset: 0;
  }
  .heading {
    padding: 10px 14px 4px;
    color: var(--_ink-2);
    font-size: 0.857em;
    font-weight: 600;
  }
  .option {
    display: grid;
    grid-template: 'avatar title time' auto 'avatar words marks' auto / auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 1px 10px;
    margin-inline: 6px;
    padding: calc(7px * var(--_density)) 8px;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .option:hover {
    background: var(--_hover);
  }
  .option.current {
    background: var(--_own);
  }
  /* Comes where the time stands, while the pointer is there. */
  .more {
    display: none;
    grid-area: time;
    place-items: center;
    justify-self: end;
    inline-size: 24px;
    block-size: 24px;
    margin: -4px -4px -2px;
    border-radius: var(--_radius);
    color: var(--_ink-2);
  }
  .more:hover {
    background: var(--_pressed);
    color: var(--_ink);
  }
  @media (hover: hover) {
    .option:hover .more {
      display: grid;
    }
    .option:hover:has(.more) .time {
      visibility: hidden;
    }
  }
  .scroller:focus-visible .option.active,
  .option.active.shown {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option .avatar {
    grid-area: avatar;
  }
  .option [slot='presence'] {
    --parley-presence-ring: var(--_raised);
  }
  .title {
    grid-area: title;
    line-height: 1.35;
  }
  .time {
    grid-area: time;
    color: var(--_ink-2);
    font-size: 0.857em;
    font-variant-numeric: tabular-nums;
  }
  .words {
    grid-area: words;
    color: var(--_ink-2);
    font-size: 0.93em;
  }
  .title,
  .words {
    unicode-bidi: isolate;
  }
  .option:not(:has(.time)) .title,
  .option:not(:has(.marks)) .words {
    grid-column: 2 / 4;
  }
  .unread .title,
  .unread .time {
    font-weight: 600;
    color: var(--_ink);
  }
  .unread .words {
    color: var(--_ink);
  }
  .words.unsent {
    display: flex;
    gap: 4px;
    color: var(--_warn);
  }
  .words.unsent.bad {
    color: var(--_bad);
  }
  .marks {
    grid-area: marks;
    display: inline-flex;
    align-items: center;
    gap: 5px;
    justify-self: end;
  }
  .number {
    font-size: 0.857em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_mark-busy);
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    position: absolute;
    inset: 0;
    padding: 24px;
    color: var(--_ink-2);
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .empty.start {
    inset-block-end: auto;
    padding-block: 28px;
  }
  @media (forced-colors: active) {
    .dot {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .option.current {
      outline: 1px solid CanvasText;
      outline-offset: -1px;
    }
  }
`;
