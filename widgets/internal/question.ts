import { css, nothing, type TemplateResult } from 'lit';
import { html } from './html.js';
import type { Localisation } from './localisation.js';

/** What asks, in a menu or in a popover, takes the place of what it was asked for. Beside `buttons`. */
export const questions = css`
  .question {
    display: grid;
    gap: 10px;
    padding: 8px;
  }
  .question p {
    margin: 0;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .row {
    display: flex;
    justify-content: flex-end;
    gap: 8px;
  }
  .bad {
    color: var(--_bad);
  }
`;

export interface Answers {
  /** Why it could not be done; empty when nothing was tried. */
  error: string;
  cancel: () => void;
  /** The button that does it. */
  act: TemplateResult;
}

/** The foot of a question or of a small form: why it was not done, the way out, and what does it. */
export function renderAnswers({ error, cancel, act }: Answers, { text }: Localisation): TemplateResult {
  return html`${error === '' ? nothing : html`<p class="bad" role="alert">${error}</p>`}
    <div class="row">
      <button class="button" type="button" @click=${cancel}>${text('cancel')}</button>
      ${act}
    </div>`;
}

export function renderQuestion(question: string, answers: Answers, localisation: Localisation): TemplateResult {
  return html`<div class="question">
    <p>${question}</p>
    ${renderAnswers(answers, localisation)}
  </div>`;
}
