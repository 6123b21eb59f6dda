import { nothing, type TemplateResult } from 'lit';
import { LIMITS } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import type { Localisation } from '../internal/localisation.js';

/** The field above the list, which moves through the hits of the listbox `list` while one goes on typing. */
export function renderSearchField(
  { text }: Localisation,
  now: { sought: boolean; filled: boolean; activeId: string | symbol },
  acts: { keydown: (event: KeyboardEvent) => void; seek: () => void; clear: () => void },
): TemplateResult {
  const label = text('searchPeople');
  const clear = text('clearSearch');
  return html`<div class="search" @keydown=${acts.keydown}>
    ${icon('search', 16)}
    <input
      class="field"
      type="search"
      role="combobox"
      aria-expanded=${now.sought && now.filled}
      aria-controls="list"
      aria-activedescendant=${now.sought ? now.activeId : nothing}
      aria-autocomplete="list"
      autocomplete="off"
      spellcheck="false"
      maxlength=${LIMITS.searchLength}
      aria-label=${label}
      placeholder=${label}
      @input=${acts.seek}
    />
    ${
      now.sought
        ? html`<button class="icon-button" type="button" aria-label=${clear} title=${clear} @click=${acts.clear}>
            ${icon('close', 16)}
          </button>`
        : nothing
    }
  </div>`;
}
