import { css } from 'lit';

export const statusMenuStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .own {
    position: relative;
    display: flex;
    align-items: center;
    gap: 10px;
    max-inline-size: 100%;
    margin: 0;
    padding: 4px 8px 4px 4px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    line-height: 1.3;
    transition: background-color var(--_open);
  }
  .own:dir(rtl) {
    padding: 4px 4px 4px 8px;
  }
  .own:hover,
  .own[aria-expanded='true'] {
    background: var(--_hover);
  }
  .own .mark {
    --_mark-size: 14px;
    --_ring: var(--_raised);
    position: absolute;
  }
  .who {
    display: grid;
    min-inline-size: 0;
  }
  .name {
    font-weight: 600;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 2px;
    min-inline-size: 0;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .failed {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_bad);
    font-size: 0.9em;
  }
`;
