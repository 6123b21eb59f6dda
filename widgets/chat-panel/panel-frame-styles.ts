import { css } from 'lit';

export const panelFrameStyles = css`
  .header {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 48px;
    padding: 4px 8px;
    border-block-end: 1px solid var(--_line);
    background: var(--_raised);
  }
  .status {
    flex: 0 1 auto;
  }
  .title {
    padding-inline-start: 8px;
    font-size: 1.07em;
    font-weight: 600;
  }
  .space {
    flex: 1;
  }
  ::slotted([slot='help']) {
    flex: none;
    white-space: nowrap;
    padding-block: 4px;
  }
  .content {
    display: flex;
    flex: 1;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
  }
  .inside {
    flex: 1;
    min-block-size: 0;
  }
  .empty {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    flex: 1;
    padding: 24px;
    color: var(--_ink-2);
    text-align: center;
    text-wrap: balance;
  }
  .empty strong {
    color: var(--_ink);
    font-weight: 600;
  }
  /* Above the rows there is the search. */
  .skeleton::before {
    content: '';
    block-size: 32px;
    margin-block: 12px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .failed {
    margin: 0;
    padding: 6px 14px;
    border-block-end: 1px solid var(--_line);
    color: var(--_bad);
  }
`;
