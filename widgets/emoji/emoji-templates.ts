import type { TemplateResult } from 'lit';
import { html } from '../internal/html.js';
import type { Localisation } from '../internal/localisation.js';
import type { MessageKey } from '../internal/messages/en.js';
import { type Emoji, type SkinTone, withTone } from './emoji-data.js';

/** As many as fit at 320 px with targets of more than 24 px. The style sheet has the same number. */
export const COLUMNS = 8;

const TONE_NAMES = [
  'skinToneNone',
  'skinToneLight',
  'skinToneMediumLight',
  'skinToneMedium',
  'skinToneMediumDark',
  'skinToneDark',
] as const satisfies readonly MessageKey[];

/** The rows of the grid; the cell of this index is where the Tab key leads to. */
export function renderEmoji(emoji: readonly Emoji[], tone: SkinTone, active: number): TemplateResult[] {
  const rows: TemplateResult[] = [];
  for (let from = 0; from < emoji.length; from += COLUMNS) {
    const cells = emoji.slice(from, from + COLUMNS).map((one, column) => {
      const index = from + column;
      return html`<button
        class="cell"
        type="button"
        role="gridcell"
        aria-label=${one.name}
        data-index=${index}
        tabindex=${index === active ? 0 : -1}
      >
        ${withTone(one, tone)}
      </button>`;
    });
    rows.push(html`<div class="row" role="row">${cells}</div>`);
  }
  return rows;
}

/** One button for each tone, of which one is chosen. */
export function renderTones(chosen: SkinTone, { text }: Localisation, choose: (tone: SkinTone) => void): TemplateResult[] {
  return TONE_NAMES.map((name, index) => {
    const label = text(name);
    return html`<button
      class="tone"
      type="button"
      role="radio"
      aria-checked=${index === chosen}
      aria-label=${label}
      title=${label}
      tabindex=${index === chosen ? 0 : -1}
      @click=${() => choose(index as SkinTone)}
    >
      <span class="swatch tone-${index}"></span>
    </button>`;
  });
}
