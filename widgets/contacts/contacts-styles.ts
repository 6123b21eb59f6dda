import { css } from 'lit';

export const contactsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    background: var(--_raised);
  }
  .top {
    display: flex;
    gap: 8px;
    padding: 10px 12px 4px;
  }
  .top > .icon-button {
    inline-size: 32px;
    min-block-size: 32px;
  }
  .search {
    position: relative;
    flex: 1;
    min-inline-size: 0;
  }
  .offline {
    display: flex;
    align-items: center;
    gap: 8px;
    align-self: start;
    min-block-size: 28px;
    margin: 0 14px 2px;
    color: var(--_ink-2);
    font-size: 0.93em;
  }
  .offline input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .error {
    display: flex;
    gap: 6px;
    margin: 2px 14px 6px;
    color: var(--_bad);
  }
  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_edge) transparent;
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    padding: 28px 24px;
    color: var(--_ink-2);
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .chosen {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  .chosen span {
    flex: 1;
    color: var(--_ink-2);
  }
`;
