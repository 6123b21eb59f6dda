import { css } from 'lit';

export const linkButtonStyles = css`
  :host {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    min-inline-size: 0;
    max-inline-size: 100%;
    font-size: inherit;
    color: inherit;
  }
  .link {
    max-inline-size: 100%;
    color: var(--_link);
    border-color: transparent;
    background: none;
    padding-inline: 6px 10px;
  }
  .link:hover {
    background: var(--_hover);
    color: var(--_link);
  }
  .link[aria-disabled='true'] {
    color: var(--_ink-2);
    background: none;
    border-color: transparent;
  }
  .reason {
    max-inline-size: 100%;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  :host([toolbar]) .link {
    min-block-size: 32px;
    color: inherit;
  }
  :host([toolbar]) .link:not([aria-disabled='true']):hover {
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  :host([toolbar]) .link[aria-disabled='true'] {
    color: inherit;
    opacity: 0.65;
  }
  @media (forced-colors: active) {
    .link {
      border-color: ButtonBorder;
    }
    .link[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
