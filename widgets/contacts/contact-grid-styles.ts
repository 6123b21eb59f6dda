import { css } from 'lit';

export const contactGridStyles = css`
  :host {
    display: block;
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1px;
    padding: 2px 6px 10px;
    user-select: none;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 2px;
    position: relative;
    min-inline-size: 0;
    border-radius: var(--_radius);
    scroll-margin-block: 8px;
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .banner {
    min-block-size: 30px;
    margin-block-start: 6px;
    background: var(--_sunken);
  }
  .banner.shuts {
    cursor: pointer;
  }
  .banner:not(:has(button)) {
    padding-inline-end: 30px;
  }
  .head {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 6px;
    min-inline-size: 0;
    padding-inline: 8px;
  }
  .chevron {
    color: var(--_ink-2);
    rotate: -90deg;
  }
  .chevron:dir(rtl) {
    rotate: 90deg;
  }
  [aria-expanded='true'] .chevron {
    rotate: none;
  }
  .title {
    flex: 1;
    font-weight: 600;
  }
  .count {
    flex: none;
    color: var(--_ink-2);
    font-size: 0.857em;
    font-variant-numeric: tabular-nums;
  }
  .person {
    padding-inline-end: 2px;
    touch-action: manipulation;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 48px;
  }
  .person:hover {
    background: var(--_hover);
  }
  .person[aria-selected='true'] {
    background: var(--_unread);
  }
  .who {
    display: grid;
    grid-template: 'avatar name' auto 'avatar words' auto / auto minmax(0, 1fr);
    flex: 1;
    align-items: center;
    gap: 1px 10px;
    min-inline-size: 0;
    padding: calc(6px * var(--_density)) 2px calc(6px * var(--_density)) 8px;
  }
  .who .avatar {
    grid-area: avatar;
  }
  .who [slot='presence'] {
    --parley-presence-ring: var(--_raised);
  }
  .name,
  .words {
    unicode-bidi: isolate;
    line-height: 1.35;
  }
  .words {
    grid-area: words;
    color: var(--_ink-2);
    font-size: 0.93em;
  }
  .offline.person .name,
  .unknown.person .name {
    color: var(--_ink-2);
  }
  .star.on {
    color: var(--_accent);
  }
  /* Quiet until one turns to the row; where there is no pointer to hover with, always there. */
  @media (hover: hover) {
    .row:not(:hover, :focus-within, [aria-selected='true']) :is(.star.plain, [data-act='more']) {
      opacity: 0;
    }
    .person:not(:hover, :focus-within, [aria-selected='true']) > :has(> :is(.star.plain, [data-act='more'])) {
      inline-size: 0;
      overflow: hidden;
    }
  }
  .note {
    padding: 6px 10px 8px 14px;
    color: var(--_ink-2);
    font-size: 0.93em;
    text-wrap: pretty;
  }
  .into {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .before::before,
  .after::after {
    content: '';
    position: absolute;
    inset-inline: 0;
    block-size: 2px;
    background: var(--_accent);
  }
  .before::before {
    inset-block-start: -4px;
  }
  .after::after {
    inset-block-end: -4px;
  }
  @media (forced-colors: active) {
    .banner {
      border-block-end: 1px solid CanvasText;
    }
    .person[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .person[aria-selected='true'] :is(.name, .words, .icon-button) {
      color: HighlightText;
    }
    .before::before,
    .after::after {
      background: Highlight;
    }
  }
`;
