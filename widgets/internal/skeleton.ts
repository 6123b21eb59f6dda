import { css, type TemplateResult } from 'lit';
import { html } from './html.js';

/** Where a list will be: the shape of its rows, only after 400 ms, so that what comes quickly does not flicker. */
export const skeletonStyles = css`
  .skeleton {
    display: grid;
    align-content: start;
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
    inline-size: 46%;
    border-radius: 5px;
    background: var(--_hover);
  }
  .skeleton i:first-child {
    grid-row: 1 / 3;
    inline-size: auto;
    block-size: 32px;
    margin-block-start: -2px;
    border-radius: 50%;
  }
  .skeleton div:nth-child(even) i:nth-child(2) {
    inline-size: 34%;
  }
  .skeleton i:last-child {
    inline-size: 80%;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .skeleton i {
      background: GrayText;
      forced-color-adjust: none;
    }
  }
`;

export function skeleton(label: string): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${label}>
    ${[1, 2, 3, 4, 5].map(() => html`<div><i></i><i></i><i></i></div>`)}
  </div>`;
}
