import { css } from 'lit';

export const composerStyles = css`
  :host {
    display: block;
    background: var(--_surface);
  }
  .composer {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 6px;
    padding: 2px 12px 8px;
  }
  .links {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
    gap: 4px;
    max-block-size: 164px;
    overflow-y: auto;
  }
  .links > :not(:defined) {
    block-size: 48px;
  }
  textarea.field {
    display: block;
    resize: none;
    min-block-size: 36px;
    padding-block: 7px;
    overflow-y: auto;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }
  .acts,
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 4px 8px;
  }
  .link-button {
    justify-self: start;
    column-gap: 0;
    margin-block-end: -4px;
    margin-inline-start: -6px;
  }
  .link-button::part(reason) {
    padding-inline: 6px;
  }
  .above {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 8px;
    min-inline-size: 0;
  }
  .above .link-button {
    min-inline-size: 0;
  }
  .above .history {
    margin-block-end: -4px;
    margin-inline: auto -6px;
  }
  .acts {
    justify-content: space-between;
  }
  .buttons {
    margin-inline-start: auto;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    color: var(--_ink-2);
  }
  .conduct {
    font-size: 0.857em;
    display: -webkit-box;
    overflow: hidden;
    margin: 0;
    overflow-wrap: anywhere;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  .quiet {
    border-color: transparent;
    background: none;
    color: var(--_ink-2);
  }
  .primary {
    transition: none;
    padding-inline: 10px 14px;
  }
  .primary[aria-disabled='true'] {
    border-color: transparent;
    background: var(--_sunken);
    color: var(--_ink-2);
    font-weight: 400;
  }
  .note {
    display: flex;
    align-items: start;
    gap: 6px;
    margin: 0;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .note.bad {
    color: var(--_bad);
  }
  .note.held {
    padding: 6px 10px;
    border-radius: var(--_radius);
    background: var(--_raised);
    text-wrap: pretty;
  }
  .prompt {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px 12px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_line);
    color: var(--_ink-2);
    text-align: center;
    text-wrap: balance;
  }
  .prompt p {
    margin: 0;
  }
  @media (forced-colors: active) {
    .primary[aria-disabled='true'] {
      border-color: GrayText;
      forced-color-adjust: auto;
    }
  }
`;
