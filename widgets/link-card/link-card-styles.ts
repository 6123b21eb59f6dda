import { css } from 'lit';

export const linkCardStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    /* The same height while it is looked up: nothing below moves when the title comes. */
    min-block-size: 48px;
  }
  .card {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 100%;
    min-block-size: 48px;
    margin: 0;
    padding: 5px 10px 5px 6px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    text-align: start;
  }
  button.card:hover {
    border-color: var(--_edge);
    background: linear-gradient(var(--_hover) 0 0) var(--_surface);
  }
  .picture {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    overflow: hidden;
    border-radius: 5px;
    background: var(--_sunken);
    color: var(--_link);
  }
  .picture img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
  }
  /* Whose item it is must be read, also in a narrow panel: one line would be half a name. */
  .title,
  .subtitle {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .title {
    color: var(--_link);
    font-weight: 600;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
  }
  .subtitle {
    -webkit-line-clamp: 2;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .quiet .title {
    color: var(--_ink);
    font-weight: 400;
    text-decoration: none;
  }
  button.quiet .title {
    text-decoration: underline;
  }
  .quiet .picture {
    color: var(--_ink-2);
  }
  .resolving .title {
    color: var(--_ink-2);
  }
  .icon-button {
    min-block-size: 28px;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    margin: 4px 2px 0;
    font-size: 0.9em;
    color: var(--_ink-2);
  }
  @media (forced-colors: active) {
    .card {
      border-color: ButtonBorder;
    }
  }
`;
