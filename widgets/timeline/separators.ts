import { html, type TemplateResult } from 'lit';
import type { Entry } from '#sdk';
import type { Localisation } from '../internal/localisation.js';
import { oneLine } from '../internal/names.js';

/** Where the log begins for somebody who came later. */
export function renderStart({ at }: Entry, { text, times }: Localisation): TemplateResult {
  return html`<p class="start">${text('joinedHere', { time: times.time(at) })}</p>`;
}

export function renderDay(at: number, { times }: Localisation): TemplateResult {
  return html`<div class="separator"><time datetime=${new Date(at).toISOString()} title=${times.full(at)}>${times.day(at)}</time></div>`;
}

export function renderNew({ text }: Localisation): TemplateResult {
  return html`<div class="separator new"><span>${text('newMessages')}</span></div>`;
}

export function renderGap({ text }: Localisation): TemplateResult {
  return html`<p class="system">${text('gapLoading')}</p>`;
}

function happened({ body, author }: Entry, nameOf: (id: string) => string, localisation: Localisation): string {
  const { text } = localisation;
  switch (body.kind) {
    case 'started':
      return text('started', { name: nameOf(author) });
    case 'joined':
      return text('joined', { names: localisation.list(body.users.map(nameOf)) });
    case 'left':
      return text('left', { names: localisation.list(body.users.map(nameOf)) });
    case 'renamed':
      return text('renamed', { title: oneLine(body.title) });
    case 'ended':
      return text('ended');
    default:
      return '';
  }
}

/** What happened besides messages: one centred line. */
export function renderSystem(entry: Entry, nameOf: (id: string) => string, localisation: Localisation): TemplateResult {
  const { times } = localisation;
  return html`<p class="system">
    <time datetime=${new Date(entry.at).toISOString()} title=${times.full(entry.at)}>${times.time(entry.at)}</time>
    <bdi>${happened(entry, nameOf, localisation)}</bdi>
  </p>`;
}

/** The layout that is coming; it appears only when loading takes longer than a glance. */
export function renderSkeleton({ text }: Localisation): TemplateResult {
  return html`<div class="skeleton" role="status" aria-label=${text('loading')}>
    ${['a', 'b own', 'c', 'd', 'e own'].map((shape) => html`<i class=${shape}></i>`)}
  </div>`;
}
