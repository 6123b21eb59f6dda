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
  .text a {
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

  .bubble.message,
  .message.bubble {
    display: grid;
    grid-template-columns: var(--_gutter) minmax(0, auto);
    align-items: baseline;
    justify-content: start;
    column-gap: 8px;
    padding-block: 1px;
    padding-inline: 12px 32px;
  }
  .message.bubble.own {
    justify-content: end;
    padding-inline: 32px 12px;
  }
  .message.bubble.head {
    padding-block-start: 9px;
  }
  .message.bubble > .name {
    grid-column: 2;
    padding-block-end: 3px;
  }
  .message.bubble > time {
    grid-column: 1;
    justify-self: end;
  }
  .message > .bubble {
    grid-column: 2;
    display: grid;
    gap: 6px;
    justify-self: start;
    max-inline-size: 62ch;
    min-inline-size: 0;
    padding: 6px 11px 7px;
    border-radius: var(--_radius-large);
    background: var(--_bubble);
  }
  .message.own > .bubble {
    justify-self: end;
    background: var(--_own);
  }
  .message.other.head > .bubble {
    border-start-start-radius: 3px;
  }
  .message.own.tail > .bubble {
    border-end-end-radius: 3px;
  }
  .message > .bubble:has(> .links) {
    inline-size: min(100%, 340px);
  }
  .message > .bubble:has(> .links:first-child) {
    padding-block-start: 8px;
  }
  .message > .bubble:has(> .links:last-child) {
    padding-block-end: 8px;
  }
  .message.bubble.unread > .bubble {
    background: var(--_unread);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .message.bubble.unread > .bubble:dir(rtl) {
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
    grid-column: 2;
    justify-self: end;
    justify-content: end;
    padding-block: 3px 2px;
  }
  .state .word {
    display: inline-flex;
    align-items: center;
    gap: 4px;
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
    padding: 2px 12px;
  }
  .message.log .name {
    margin-inline-end: 6px;
    color: var(--_ink);
    white-space: normal;
  }
  .message.log.own .name {
    color: var(--_accent);
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
  }
  .message.log.unread {
    background: var(--_unread);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .message.log.unread:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_accent);
  }

  @media (forced-colors: active) {
    .message > .bubble {
      border: 1px solid CanvasText;
    }
    .message.own > .bubble {
      border-inline-end-width: 3px;
    }
    .message.unread > .bubble,
    .message.log.unread {
      border-inline-start: 4px solid Highlight;
    }
  }
`;
