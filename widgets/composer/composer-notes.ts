import { nothing, type TemplateResult } from 'lit';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import type { Localisation } from '../internal/localisation.js';

/** The count appears when so many characters are left. */
export const WARN_BELOW = 200;

/** Below the field: what went wrong, or how far the text is from its limit; `over` is negative while there is room. */
export function renderNote(error: string, over: number, { text }: Localisation): TemplateResult | typeof nothing {
  if (error !== '') return html`<p class="note bad" id="note" role="alert">${icon('warning', 16)}${error}</p>`;
  if (over > 0) return html`<p class="note bad" id="note" role="status">${icon('warning', 16)}${text('tooLong', { count: over })}</p>`;
  if (over > -WARN_BELOW) return html`<p class="note" id="note" role="status">${text('charactersLeft', { count: -over })}</p>`;
  return nothing;
}

/** Above it: who wants not to be disturbed, and what that means for what is written now (S6). */
export function renderHeld(held: readonly string[], blocked: boolean, localisation: Localisation): TemplateResult | typeof nothing {
  if (held.length === 0) return nothing;
  const { text } = localisation;
  const names = localisation.list(held);
  const said = blocked ? text('blockedBy', { name: names }) : text(held.length > 1 ? 'heldBySeveral' : 'heldBy', { names });
  return html`<p class="note held" role="status">${icon('dnd', 16)}<span>${said}</span></p>`;
}
