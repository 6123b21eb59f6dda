import { css } from 'lit';

export const statusChoicesStyles = css`
  [popover].menu {
    inline-size: 304px;
    max-inline-size: calc(100vw - 16px);
  }
  .choice {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .kept {
    color: var(--_ink-2);
    font-size: 0.9em;
    line-height: 1.3;
  }
  .chosen {
    inline-size: 16px;
    color: var(--_accent);
  }
  form {
    margin: 4px 0 0;
    padding: 8px;
    border-block-start: 1px solid var(--_line);
  }
  label {
    display: block;
    margin-block-end: 4px;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .row {
    display: flex;
    gap: 6px;
  }
  .words {
    flex: 1;
    min-inline-size: 0;
  }
`;
