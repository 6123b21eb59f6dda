import { css } from 'lit';

export const bannerStyles = css`
  .stack {
    --_end: var(--parley-banner-inset-inline, var(--parley-banner-inset, 16px));
    position: fixed;
    inset: auto;
    inset-block-end: var(--parley-banner-inset, 16px);
    inset-inline-end: var(--_end);
    inline-size: min(320px, calc(100vw - 12px - var(--_end)));
    margin: 0;
    padding: 0;
    border: 0;
    overflow: visible;
    background: none;
  }
  .stack:popover-open {
    display: flex;
    flex-direction: column-reverse;
    gap: 8px;
  }
  .notice,
  .rest {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_surface);
    box-shadow: var(--_elevation);
  }
  .notice {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 10px;
    padding: 12px;
    border-inline-start: 4px solid var(--_accent);
  }
  .mark {
    color: var(--_accent);
  }
  .words {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: baseline;
    gap: 0 8px;
  }
  .words strong {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .words time {
    color: var(--_ink-2);
    font-variant-numeric: tabular-nums;
  }
  .words p {
    grid-column: 1 / 3;
    margin: 2px 0 0;
    overflow: hidden;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }
  .acts {
    display: flex;
    gap: 8px;
    grid-column: 2;
    margin-block-start: 6px;
  }
  .rest {
    align-self: flex-end;
    padding: 2px 10px;
    color: var(--_ink-2);
  }
`;
