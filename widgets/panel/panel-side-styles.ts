import { css } from 'lit';

export const panelSideStyles = css`
  :host {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    container-type: inline-size;
    min-block-size: 0;
    background: var(--_raised);
  }
  .new-chat {
    grid-row: 1 / 4;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 12px 0;
  }
  .tabs {
    display: flex;
    flex: 1;
    gap: 4px;
    min-inline-size: 0;
  }
  .tab {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    min-block-size: 32px;
    padding: 4px 8px;
    border: 0;
    border-block-end: 2px solid transparent;
    background: none;
    color: var(--_ink-2);
  }
  .tab:hover {
    color: var(--_ink);
  }
  .tab[aria-selected='true'] {
    border-color: var(--_accent);
    color: var(--_ink);
    font-weight: 600;
  }
  .tab:focus-visible {
    outline-offset: -2px;
    border-radius: var(--_radius);
  }
  .count {
    min-inline-size: 18px;
    padding-inline: 5px;
    border-radius: 9px;
    background: var(--_unread);
    color: var(--_ink);
    font-size: 0.857em;
    font-weight: 600;
    line-height: 18px;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  .new {
    flex: none;
    padding-inline: 8px 12px;
  }
  @container (max-width: 299px) {
    .new {
      padding-inline: 7px;
    }
    .new span {
      display: none;
    }
  }
  /* Many invitations scroll: the chats keep their place. */
  .invitations {
    grid-row: 2;
    max-block-size: 40vh;
    overflow-y: auto;
  }
  .place {
    grid-row: 3;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  .lost {
    place-self: center;
    padding: 24px;
    color: var(--_ink-2);
    text-align: center;
  }
  @media (forced-colors: active) {
    .tab {
      border-color: Canvas;
    }
    .tab[aria-selected='true'] {
      border-color: Highlight;
    }
    .count {
      border: 1px solid CanvasText;
    }
  }
`;
