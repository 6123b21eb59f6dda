import { css } from 'lit';

export const conversationStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--_surface);
  }
  .header {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 46px;
    padding: 5px 8px 5px 12px;
    border-block-end: 1px solid var(--_line);
    background: var(--_raised);
  }
  .header .avatar {
    --parley-avatar-size: 30px;
  }
  .header [slot='presence'] {
    --parley-presence-ring: var(--_raised);
  }
  .back {
    margin-inline-start: -6px;
  }
  :host([wide]) .back {
    display: none;
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    line-height: 1.3;
  }
  h2 {
    margin: 0;
    font-size: 1em;
    font-weight: 600;
    unicode-bidi: isolate;
  }
  .under {
    unicode-bidi: isolate;
    color: var(--_ink-2);
    font-size: 0.9em;
  }
  .timeline {
    flex: 1;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 20px;
    padding-inline: 14px;
    color: var(--_ink-2);
    font-size: 0.857em;
  }
  .dots {
    display: inline-flex;
    gap: 3px;
  }
  .dots i {
    inline-size: 4px;
    block-size: 4px;
    border-radius: 50%;
    background: currentColor;
    animation: wave 1.4s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes wave {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  .identity {
    color: var(--_ink-2);
    font-size: 0.857em;
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .dots i {
      background: CanvasText;
    }
  }
`;
