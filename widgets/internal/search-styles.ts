import { css } from 'lit';

/** A search field with its glass before and its cross after the words: `.search` around `.field`. */
export const searchStyles = css`
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
`;
