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
  .header parley-status-menu {
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
  .content {
    display: flex;
    flex: 1;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
  }
  parley-panel-body {
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
  .skeleton {
    display: grid;
    align-content: start;
    gap: 4px;
    padding: 12px;
    animation: appear 0.2s ease-out 0.4s backwards;
  }
  .skeleton > * {
    display: grid;
    grid-template: 10px 10px / 32px 1fr;
    gap: 8px 10px;
    padding: 8px 4px;
  }
  .skeleton > .search {
    display: block;
    block-size: 32px;
    margin-block-end: 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .skeleton i {
    border-radius: 5px;
    background: var(--_hover);
  }
  .skeleton i:first-child {
    grid-row: 1 / 3;
    block-size: 32px;
    margin-block-start: -2px;
    border-radius: 50%;
  }
  .skeleton i:nth-child(2) {
    inline-size: 45%;
  }
  .skeleton i:nth-child(3) {
    inline-size: 80%;
  }
  .skeleton :nth-child(odd) i:nth-child(2) {
    inline-size: 34%;
  }
  .skeleton :nth-child(odd) i:nth-child(3) {
    inline-size: 62%;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .skeleton i {
      background: GrayText;
    }
  }
`;
