import { css } from 'lit';

export const chatPeopleStyles = css`
  :host {
    display: block;
  }
  .people {
    max-block-size: min(300px, 40vh);
    margin: 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
    scrollbar-width: thin;
  }
  .people li {
    display: grid;
    grid-template: 'avatar title mark remove' auto 'avatar words mark remove' auto / auto minmax(0, 1fr) auto auto;
    align-items: center;
    padding: 5px 8px;
  }
  .people .avatar {
    grid-area: avatar;
    margin-inline-end: 10px;
    --parley-avatar-size: 28px;
  }
  .people [slot='presence'] {
    --parley-presence-ring: var(--_surface);
  }
  .people .title,
  .people .words {
    line-height: 1.3;
    unicode-bidi: isolate;
  }
  .people .words {
    grid-area: words;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .people .mark-words {
    grid-area: mark;
    margin-inline-start: 10px;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .people .remove {
    grid-area: remove;
  }
  .description {
    margin: 0;
    padding: 4px 8px 8px;
    color: var(--_ink-2);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .acts {
    margin-block-start: 4px;
    padding-block-start: 4px;
    border-block-start: 1px solid var(--_line);
  }
  .menu-item svg {
    color: var(--_ink-2);
  }
  .menu-item.end,
  .menu-item.end svg {
    color: var(--_bad);
  }
  .question label {
    display: grid;
    gap: 4px;
    color: var(--_ink-2);
  }
  textarea.field {
    resize: vertical;
  }
  .danger {
    border-color: var(--_bad);
    color: var(--_bad);
  }
`;
