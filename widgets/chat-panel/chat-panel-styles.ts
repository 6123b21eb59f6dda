import { css } from 'lit';

export const chatPanelStyles = css`
  :host {
    display: none;
    position: fixed;
    inset-block: var(--parley-chat-panel-inset-block, 0);
    inset-inline-end: 0;
    border-inline-start: 1px solid var(--_line);
    container: parley-panel / inline-size;
    inline-size: var(--parley-chat-panel-width, 380px);
    max-inline-size: 100vw;
    min-inline-size: min(280px, 100vw);
    background: var(--_surface);
    z-index: var(--parley-chat-panel-z-index, 1000);
    overflow: hidden;
    overscroll-behavior: contain;
  }
  :host([open]) {
    display: block;
  }
  :host([placement='floating']) {
    --_inset: var(--parley-chat-panel-inset, 16px);
    inset-block: auto var(--_inset);
    inset-inline-end: var(--_inset);
    block-size: min(var(--parley-chat-panel-height, 620px), calc(100dvh - 2 * var(--_inset)));
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    box-shadow: var(--_elevation);
  }
  :host([placement='page']) {
    display: block;
    position: relative;
    inset: auto;
    inline-size: 100%;
    max-inline-size: none;
    min-inline-size: 0;
    block-size: 100%;
    border: 0;
    z-index: auto;
  }
  @media (max-width: 479px) {
    :host(:not([placement='page'])) {
      inline-size: 100vw;
      border: 0;
    }
    :host([placement='floating']) {
      inset: 0;
      block-size: auto;
      border-radius: 0;
    }
  }
  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    outline: none;
  }
  /* Where the header will be. */
  .waiting {
    block-size: 48px;
    border-block-end: 1px solid var(--_line);
  }
  .lost {
    margin: auto;
    padding: 24px;
    text-align: center;
  }
  .lost button {
    background: none;
  }
`;
