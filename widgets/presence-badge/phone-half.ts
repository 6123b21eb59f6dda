import { svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { PhoneState } from '#sdk';
import { html } from '../internal/html.js';

const HANDSET = 'M4 3.5h3l1.5 4-2 1.3a9 9 0 0 0 4.7 4.7l1.3-2 4 1.5v3a1.2 1.2 0 0 1-1.3 1.2A12.7 12.7 0 0 1 2.8 4.8 1.2 1.2 0 0 1 4 3.5Z';

/** One shape for each state, so that no colour is needed to tell them apart. */
const SHAPES = {
  idle: svg`<path d=${HANDSET}/>`,
  ringing: svg`<path d=${HANDSET}/><path d="M12 5a4 4 0 0 1 3 3M12.5 1.8a7.5 7.5 0 0 1 5.7 5.7"/>`,
  'on-call': svg`<path d=${HANDSET} fill="currentColor"/>`,
  hold: svg`<path d="M7 4.5v11M13 4.5v11" stroke-width="3.5"/>`,
  unknown: svg`<path d="M6.8 7a3.3 3.3 0 1 1 4.9 3c-1.2.7-1.7 1.2-1.7 2.4M10 16v.1" stroke-width="2.4"/>`,
} satisfies Record<PhoneState, SVGTemplateResult>;

/** The badge in two halves: presence, and the phone (B43). */
export function render(mark: TemplateResult, phone: PhoneState): TemplateResult {
  return html`${mark}<svg
      class="phone phone-${phone}"
      part="phone"
      viewBox="0 0 20 20"
      fill="none"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      stroke="currentColor"
      aria-hidden="true"
    >
      ${SHAPES[phone]}
    </svg>`;
}
