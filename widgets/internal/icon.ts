import { nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { html } from './html.js';

export const chatStrokes = 'M4.5 3.5h11a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2H9.5l-4 3v-3h-1a2 2 0 0 1-2-2V5.5a2 2 0 0 1 2-2Z';

/** An icon of 16 or 20 px: the data of one path, or what is more than one. `directed`: it turns with the direction of writing. */
export function draw(strokes: string | SVGTemplateResult, size: 16 | 20 = 20, directed = false): TemplateResult {
  return html`<svg
    class=${directed ? 'directed' : nothing}
    width=${size}
    height=${size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width=${size === 16 ? 1.75 : 1.5}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${typeof strokes === 'string' ? svg`<path d=${strokes} />` : strokes}
  </svg>`;
}
