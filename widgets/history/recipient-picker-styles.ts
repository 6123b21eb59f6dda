import { css } from 'lit';

/** What its rows have beyond those of the people picker. */
export const recipientPickerStyles = css`
  .kind {
    display: grid;
    place-items: center;
    grid-area: avatar;
    inline-size: 30px;
    block-size: 30px;
    border-radius: 50%;
    background: var(--_sunken);
    color: var(--_ink-2);
  }
  .option[aria-disabled='true'] {
    color: var(--_ink-2);
    cursor: default;
  }
`;
