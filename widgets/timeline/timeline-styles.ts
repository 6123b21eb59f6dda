import { css } from 'lit';

export const timelineStyles = css`
  :host {
    display: block;
    position: relative;
    min-block-size: 0;
    background: var(--_surface);
  }
  .frame {
    position: absolute;
    inset: 0;
  }
  .scroller {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .sizer {
    flex: none;
    margin-block-start: auto;
    inline-size: 100%;
    margin-block-end: 6px;
  }
  .row {
    display: flow-root;
    padding-block-end: 2px;
  }
  .start,
  .system {
    margin: 0;
    padding: 5px 24px;
    color: var(--_ink-2);
    font-size: 0.9em;
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .start {
    padding-block: 20px 4px;
  }
  .system time {
    margin-inline-end: 4px;
    font-variant-numeric: tabular-nums;
  }
  .separator {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 14px 16px 6px;
    color: var(--_ink-2);
    font-size: 0.857em;
    font-weight: 600;
  }
  .separator::before,
  .separator::after {
    flex: 1;
    border-block-start: 1px solid var(--_line);
    content: '';
  }
  .separator.new {
    padding-block: 8px 4px;
    color: var(--_accent);
  }
  .separator.new::before,
  .separator.new::after {
    border-color: var(--_accent);
  }
  .older {
    position: absolute;
    inset-block-start: 8px;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    padding: 3px 12px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    background: var(--_surface);
    color: var(--_ink-2);
    font-size: 0.857em;
    animation: appear 0.2s ease-out 0.4s backwards;
  }
  .first-new {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 28px;
    border-color: var(--_accent);
    background: var(--_unread);
    color: var(--_ink);
    animation: none;
  }
  .first-new svg {
    rotate: 180deg;
    color: var(--_accent);
  }
  .found {
    background: var(--_unread);
    animation: found 2.5s ease-in;
  }
  @keyframes found {
    to {
      background: transparent;
    }
  }
  .ribbon {
    display: flex;
    align-items: center;
    gap: 8px;
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    inline-size: 100%;
    min-block-size: 34px;
    padding: 4px 14px;
    border: 0;
    border-block-start: 1px solid var(--_accent);
    background: var(--_unread);
    color: var(--_ink);
    text-align: start;
  }
  .ribbon svg {
    color: var(--_accent);
  }
  .ribbon:hover {
    background: color-mix(in srgb, var(--_unread) 92%, var(--_ink));
  }
  .ribbon:focus-visible {
    outline-offset: -3px;
  }
  .problem {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 10px;
    position: absolute;
    inset: 0;
    padding: 24px;
    background: var(--_surface);
    color: var(--_ink-2);
    text-align: center;
  }
  .skeleton {
    display: grid;
    align-content: end;
    gap: 10px;
    position: absolute;
    inset: 0;
    padding: 16px 12px;
    animation: appear 0.2s ease-out 0.4s backwards;
  }
  .skeleton i {
    inline-size: 58%;
    block-size: 34px;
    margin-inline-start: 48px;
    border-radius: var(--_radius-large);
    background: var(--_bubble);
  }
  .skeleton .c {
    inline-size: 34%;
  }
  .skeleton .d {
    inline-size: 66%;
    block-size: 56px;
  }
  .skeleton .own {
    justify-self: end;
    inline-size: 44%;
    background: var(--_own);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .older,
    .skeleton {
      animation-duration: 0.01s;
    }
    .found {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .skeleton i {
      background: GrayText;
    }
    .ribbon {
      border: 1px solid Highlight;
    }
    .found {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
