import { css } from 'lit';

export const peopleTableStyles = css`
  :host {
    display: block;
    font-size: inherit;
    color: inherit;
  }
  .acts {
    display: flex;
    justify-content: flex-end;
    margin-block-end: 4px;
  }
  .text-button {
    font: inherit;
    cursor: pointer;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    text-align: start;
  }
  th,
  td {
    padding: 4px 8px;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }
  .sort {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    font-weight: 600;
  }
  .arrow {
    transform: scaleY(-1);
  }
  .arrow.down {
    transform: none;
  }
  .arrow.none {
    visibility: hidden;
  }
  /* The mark stays beside its name. */
  .who {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
  }
  .name {
    text-align: start;
  }
  /* Green as its users know it (E18); the mark and the words say the same. */
  .name.online {
    color: var(--_ok);
    font-weight: 600;
  }
  .words {
    margin-inline-start: 6px;
    color: var(--_ink-2);
  }
  .none {
    margin: 0;
    color: var(--_ink-2);
  }
  .failed {
    display: flex;
    gap: 6px;
    color: var(--_bad);
  }
  @container (max-width: 320px) {
    .words {
      display: block;
      margin-inline-start: 0;
    }
  }
`;
