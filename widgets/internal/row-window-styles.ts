import { css } from 'lit';

/** What every list in a window has (row-window.ts). */
export const rowWindowStyles = css`
  .scroller {
    overflow-x: hidden;
    overflow-y: auto;
    /* The window keeps rows in place; the browser doing it as well would do it twice. */
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_edge) transparent;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .sizer {
    position: relative;
  }
  .rows {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }
`;
