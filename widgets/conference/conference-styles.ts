import { css } from 'lit';

export const conferenceStyles = css`
  :host {
    --_dialog-width: 560px;
  }
  .label {
    display: block;
    margin: 12px 0 4px;
    color: var(--_ink-2);
    font-size: inherit;
    font-weight: 600;
  }
  form .label:first-child {
    margin-block-start: 4px;
  }
  textarea.field {
    resize: vertical;
  }
  .find {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .find .field {
    flex: 1 1 180px;
    inline-size: auto;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .hits {
    block-size: 208px;
    margin-block-start: 8px;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .person,
  .group {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 2px 10px;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .person:hover,
  .group:hover {
    background: var(--_hover);
  }
  .person input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .person .truncate {
    flex: 0 1 auto;
  }
  .details,
  .count {
    color: var(--_ink-2);
  }
  /* As in the table of a record's people (E18). */
  .person .online {
    color: var(--_ok);
    font-weight: 600;
  }
  .person .details {
    flex: 1;
  }
  .count {
    margin-inline-start: auto;
  }
  .under {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    min-block-size: 24px;
    margin-block-start: 4px;
  }
  .text-button {
    font: inherit;
    cursor: pointer;
  }
  .chosen {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    padding-inline-start: 10px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_raised);
  }
  .none {
    margin: 8px 0;
    color: var(--_ink-2);
  }
  .failed {
    color: var(--_bad);
  }
`;
