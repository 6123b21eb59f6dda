import { css } from 'lit';

export const messageStyles = css`
  .message {
    --_gutter: 40px;
  }
  .message time {
    color: var(--_ink-2);
    font-size: 0.857em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .message .name {
    overflow: hidden;
    color: var(--_ink-2);
    font-size: 0.93em;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .text {
    /* Marks stacked above and below a line stay within the message (attack 61). */
    overflow: clip;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
    user-select: text;
    cursor: text;
  }
  /* An address is read from left to right, whatever control characters stand before it (attack 57). */
  .text a {
    direction: ltr;
    unicode-bidi: isolate;
    color: var(--_link);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .more {
    display: block;
    font-size: 0.93em;
  }
  .links {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .links > :not(:defined) {
    /* The room of a card that is still being loaded. */
    block-size: 48px;
  }

  .message.bubble {
    display: flow-root;
    position: relative;
    padding-block: 1px;
    padding-inline: 12px 28px;
  }
  .message.bubble.own {
    padding-inline: 28px 12px;
  }
  .message.bubble.head {
    padding-block-start: calc(9px * var(--_density));
  }
  .message.bubble > .name {
    display: block;
    margin-inline-start: calc(var(--_gutter) + 8px);
    padding-block-end: 3px;
    /* A name has its own direction and stands where the page's lines begin. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .line {
    display: flex;
    align-items: start;
    gap: 8px;
  }
  .own .line {
    justify-content: end;
  }
  .line > time {
    flex: none;
    inline-size: var(--_gutter);
    padding-block-start: calc(6px * var(--_density) + 2px);
    text-align: end;
  }
  .line > .bubble {
    display: grid;
    grid-template-columns: minmax(0, auto);
    gap: 6px;
    max-inline-size: min(62ch, 100%);
    min-inline-size: 0;
    padding: calc(6px * var(--_density)) 11px calc(7px * var(--_density));
    border-radius: var(--_radius-large);
    background: var(--_bubble);
  }
  .own .line > .bubble {
    background: var(--_own);
  }
  .other.head .line > .bubble {
    border-start-start-radius: 3px;
  }
  .own.tail .line > .bubble {
    border-end-end-radius: 3px;
  }
  .line > .bubble:has(> .links) {
    flex: 0 1 340px;
  }
  .line > .bubble:has(> .links:first-child) {
    padding-block-start: 8px;
  }
  .line > .bubble:has(> .links:last-child) {
    padding-block-end: 8px;
  }
  .unread .line > .bubble,
  .message.log.unread {
    background: var(--_unread);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .unread .line > .bubble:dir(rtl),
  .message.log.unread:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_accent);
  }

  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
    color: var(--_ink-2);
    font-size: 0.857em;
  }
  .message.bubble > .state {
    justify-content: end;
    padding-block: 3px 2px;
    text-align: end;
  }
  .state .word {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .state .who {
    min-block-size: 24px;
    margin: 0;
    padding: 0 4px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
  }
  .state .who:hover {
    background: var(--_hover);
    color: var(--_ink);
  }
  .state.waiting .word {
    color: var(--_warn);
  }
  .state.bad .word {
    color: var(--_bad);
    font-weight: 600;
  }
  .state .acts {
    display: inline-flex;
    gap: 12px;
  }
  .state .text-button {
    color: var(--_link);
  }

  .message.log {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: baseline;
    column-gap: 10px;
    padding: calc(2px * var(--_density)) 12px;
  }
  .message.log .name {
    margin-inline-end: 6px;
    color: var(--_ink);
    white-space: normal;
  }
  .message.log.own .name {
    color: var(--_accent);
  }
  .said {
    min-inline-size: 0;
    overflow: clip;
  }
  .message.log .text {
    display: inline;
  }
  .message.log .text + .links,
  .message.log .name + .links {
    margin-block: 4px;
    max-inline-size: 360px;
  }
  .message.log .state {
    display: inline-flex;
    margin-inline-start: 8px;
    vertical-align: middle;
  }

  @media (forced-colors: active) {
    .line > .bubble {
      border: 1px solid CanvasText;
    }
    .own .line > .bubble {
      border-inline-end-width: 3px;
    }
    .unread .line > .bubble,
    .message.log.unread {
      border-inline-start: 4px solid Highlight;
    }
  }
`;
