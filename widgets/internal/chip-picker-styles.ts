import { css } from 'lit';

export const chipPickerStyles = css`
  :host {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
    position: relative;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-block-size: 132px;
    margin: 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    max-inline-size: 100%;
    min-block-size: 28px;
    padding-inline: 11px 2px;
    border-radius: 99px;
    background: var(--_own);
    color: var(--_ink);
  }
  .chip .truncate {
    unicode-bidi: isolate;
  }
  .remove {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_ink-2);
  }
  /* The cross comes forward on hover and focus (B10), where there is a pointer to hover with. */
  @media (hover: hover) {
    .remove {
      opacity: 0.6;
    }
    .chip:hover .remove,
    .remove:focus-visible {
      opacity: 1;
    }
  }
  .remove:hover {
    background: var(--_hover);
    color: var(--_ink);
  }
  .remove:focus-visible {
    outline-offset: 0;
  }
  .hits {
    display: grid;
    max-block-size: min(320px, 50vh);
    padding: 4px;
    overflow-y: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_surface);
    scrollbar-width: thin;
  }
  .option {
    display: grid;
    grid-template: 'avatar title' auto 'avatar words' auto / auto minmax(0, 1fr);
    align-items: center;
    gap: 1px 10px;
    padding: 5px 8px;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .option:hover {
    background: var(--_hover);
  }
  .option.active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .option .avatar {
    grid-area: avatar;
    --parley-avatar-size: 30px;
  }
  .option [slot='presence'] {
    --parley-presence-ring: var(--_surface);
  }
  .title,
  .words {
    unicode-bidi: isolate;
    line-height: 1.3;
  }
  .words {
    grid-area: words;
    color: var(--_ink-2);
    font-size: 0.93em;
  }
  .none {
    margin: 4px 2px;
    color: var(--_ink-2);
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .chip {
      border: 1px solid CanvasText;
    }
  }
`;
