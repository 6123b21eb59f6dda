import { css } from 'lit';

export const chatListStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    min-block-size: 0;
    background: var(--_raised);
  }
  .top {
    display: flex;
    gap: 8px;
    padding: 10px 12px 8px;
  }
  .search {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }
  .search > svg {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: 9px;
    color: var(--_ink-2);
    pointer-events: none;
  }
  .search .field {
    padding-inline: 32px 30px;
    text-overflow: ellipsis;
  }
  .search .field::-webkit-search-cancel-button {
    display: none;
  }
  .search .icon-button {
    position: absolute;
    inset-block-start: 2px;
    inset-inline-end: 2px;
  }
  .new {
    flex: none;
    padding-inline: 8px 12px;
    min-block-size: 32px;
  }
  @container (max-width: 299px) {
    .new {
      padding-inline: 7px;
    }
    .new span {
      display: none;
    }
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
    padding: 7px 8px;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .option:hover {
    background: var(--_hover);
  }
  .option.current {
    background: var(--_own);
  }
  .scroller:focus-visible .option.active,
  .option.active.shown {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option parley-avatar {
    grid-area: avatar;
  }
  .option parley-presence-badge {
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
    text-align: start;
  }
  .option:not(:has(.marks, .time)) :is(.title, .words) {
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
  .skeleton {
    display: grid;
    gap: 4px;
    padding: 0 14px;
    animation: appear 0.2s ease-out 0.4s backwards;
  }
  .skeleton div {
    display: grid;
    grid-template: 10px 10px / 32px 1fr;
    gap: 8px 10px;
    padding-block: 10px;
  }
  .skeleton i {
    border-radius: 5px;
    background: var(--_sunken);
  }
  .skeleton i:first-child {
    grid-row: 1 / 3;
    block-size: 32px;
    margin-block-start: -2px;
    border-radius: 50%;
  }
  .skeleton i:nth-child(2) {
    inline-size: 46%;
  }
  .skeleton div:nth-child(even) i:nth-child(2) {
    inline-size: 34%;
  }
  .skeleton i:nth-child(3) {
    inline-size: 80%;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .dot,
    .skeleton i {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .option.current {
      outline: 1px solid CanvasText;
      outline-offset: -1px;
    }
  }
`;
