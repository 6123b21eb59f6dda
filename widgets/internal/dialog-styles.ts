import { css } from 'lit';

/** A modal dialog: `<dialog class="dialog">` with header, `.body` that scrolls, and footer, perhaps within a form. At 320 px it fills the window. */
export const dialogs = css`
  dialog.dialog {
    inline-size: min(440px, calc(100vw - 16px));
    max-block-size: min(640px, calc(100vh - 16px));
    margin: auto;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_surface);
    color: var(--_ink);
    font-size: var(--_font-size);
    line-height: 1.45;
    box-shadow: var(--_elevation);
    text-align: start;
  }
  dialog.dialog[open],
  .dialog > form {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .dialog::backdrop {
    background: #0006;
  }
  .dialog header,
  .dialog footer {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    padding: 10px 12px 6px 16px;
  }
  .dialog footer {
    flex-wrap: wrap;
    justify-content: end;
    padding: 8px 16px 14px;
  }
  .dialog h2 {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
    font-size: 1.07em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .dialog .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 12px;
    min-block-size: 0;
    padding: 4px 16px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .dialog .hint,
  .dialog .error {
    display: flex;
    gap: 6px;
    margin: 0;
    color: var(--_ink-2);
    text-wrap: pretty;
  }
  .dialog .error {
    color: var(--_bad);
  }
  @media (forced-colors: active) {
    dialog.dialog {
      border-color: CanvasText;
    }
  }
`;
