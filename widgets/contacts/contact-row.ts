import { nothing, type TemplateResult } from 'lit';
import type { Person, Policies, Presence } from '#sdk';
import { aboutPerson } from '../chat-list/found-option.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import type { Localisation } from '../internal/localisation.js';
import { presenceText } from '../presence-badge/presence-text.js';
import type { Line, PersonLine, Section } from './contact-lines.js';
import { type Favourite, star, starLabel } from './favourites.js';

/** How a row stands in the list. */
export interface RowState {
  /** Takes the focus. */
  active: boolean;
  chosen: boolean;
  dropped: string;
}

export interface PersonFacts {
  name: string;
  person: Person | null;
  presence: Presence;
  favourite: Favourite;
  policy: Policies['presence'];
}

function sectionName(section: Section, { text }: Localisation): string {
  switch (section.kind) {
    case 'group':
      return section.group.name;
    case 'favourites':
      return text('favourites');
    case 'others':
      return text('notInList');
    case 'found':
      return text('contacts');
    case 'directory':
      return text('moreFromDirectory');
  }
}

function moreButton(name: string, { text }: Localisation): TemplateResult {
  const label = text('moreActs', { name });
  return html`<span role="gridcell">
    <button class="icon-button" type="button" data-act="more" tabindex="-1" aria-label=${label} title=${label} aria-haspopup="menu">
      ${icon('dots', 16)}
    </button>
  </span>`;
}

export function renderBanner(
  line: Extract<Line, { type: 'banner' }>,
  { active, dropped }: RowState,
  localisation: Localisation,
): TemplateResult {
  const { section, count, online, expanded } = line;
  const name = sectionName(section, localisation);
  const shuts = section.kind !== 'found' && section.kind !== 'directory';
  const status = count > 0 && shuts ? localisation.text('onlineOf', { online, count }) : '';
  return html`<div
    class="row banner ${shuts ? 'shuts' : ''} ${dropped}"
    role="row"
    aria-level="1"
    aria-expanded=${expanded ? 'true' : 'false'}
    aria-label=${status === '' ? name : localisation.text('bannerLabel', { name, status })}
    tabindex=${active ? 0 : -1}
    draggable=${section.kind === 'group' ? 'true' : nothing}
    data-key=${line.key}
  >
    <span class="head" role="gridcell">
      ${shuts ? html`<span class="chevron">${icon('chevron', 16)}</span>` : nothing}
      <span class="title truncate" dir="auto">${name}</span>
      ${status === '' ? nothing : html`<span class="count" dir="auto">${status}</span>`}
    </span>
    ${section.kind === 'group' ? moreButton(name, localisation) : nothing}
  </div>`;
}

export function renderPersonRow(
  line: PersonLine,
  { active, chosen }: RowState,
  facts: PersonFacts,
  localisation: Localisation,
): TemplateResult {
  const { name, person, presence, favourite, policy } = facts;
  const words = favourite === 'requested' ? localisation.text('requested') : presenceText(presence, localisation);
  const about = person === null ? '' : aboutPerson(person);
  const label = starLabel(favourite, name, policy, localisation);
  // In the favourites each has a star, so it shows itself only when one is there.
  const plain = favourite === 'none' || line.section.kind === 'favourites';
  return html`<div
    class="row person ${presence.availability}"
    role="row"
    aria-level="2"
    aria-selected=${chosen ? 'true' : 'false'}
    aria-label=${[name, words, about, favourite === 'accepted' ? localisation.text('isFavourite') : ''].filter((part) => part !== '').join(', ')}
    tabindex=${active ? 0 : -1}
    draggable="true"
    data-key=${line.key}
  >
    <span class="who" role="gridcell">
      <parley-avatar class="avatar" name=${name} seed=${line.user} photo=${person?.photo ?? ''} aria-hidden="true">
        <parley-presence-badge slot="presence" user=${line.user} name=${name} view-only></parley-presence-badge>
      </parley-avatar>
      <span class="name truncate" dir="auto">${name}</span>
      <span class="words truncate" title=${about === '' ? words : `${words} · ${about}`}
        ><bdi class="status">${words}</bdi>${about === '' ? nothing : html`<span class="about"> · <bdi>${about}</bdi></span>`}</span
      >
    </span>
    <span role="gridcell">
      <button
        class="icon-button star ${plain ? 'plain' : ''} ${favourite === 'none' ? '' : 'on'}"
        type="button"
        data-act="star"
        tabindex="-1"
        aria-label=${label}
        title=${label}
      >
        ${star(favourite)}
      </button>
    </span>
    ${moreButton(name, localisation)}
  </div>`;
}

export function renderNote(line: Extract<Line, { type: 'note' }>, { active, dropped }: RowState, { text }: Localisation): TemplateResult {
  return html`<div class="row note ${dropped}" role="row" aria-level="2" tabindex=${active ? 0 : -1} data-key=${line.key}>
    <span role="gridcell">
      ${line.hidden === 0 ? text('emptyGroup') : text('allOffline', { count: line.hidden })}
      ${
        line.hidden === 0
          ? nothing
          : html`<button class="text-button" type="button" data-act="offline" tabindex="-1">${text('showThem')}</button>`
      }
    </span>
  </div>`;
}
