import { css } from 'lit';

export const unsentStyles = css`
  :host {
    display: block;
  }
  .notice {
    display: grid;
    border-block-end: 1px solid var(--_line);
    background: var(--_sunken);
    font-size: 0.93em;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    margin: 0;
    padding: 5px 12px;
    color: var(--_warn);
    font-weight: 600;
  }
  .bad {
    color: var(--_bad);
  }
  .none .line {
    padding: 0;
  }
  .line > span {
    flex: 1;
  }
  ul {
    display: grid;
    gap: 8px;
    max-block-size: 40vh;
    margin: 0;
    padding: 4px 12px 10px;
    overflow-y: auto;
    list-style: none;
  }
  li {
    display: grid;
    gap: 4px;
    padding: 8px 10px;
    border: 1px solid var(--_line);
    border-inline-start: 3px solid var(--_bad);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  p {
    margin: 0;
  }
  .where {
    justify-self: start;
    text-align: start;
  }
  .text {
    max-block-size: 6em;
    overflow-y: auto;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .reason {
    color: var(--_ink-2);
  }
  .acts {
    display: flex;
    gap: 8px;
  }
`;
