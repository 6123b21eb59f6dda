import type { TemplateResult } from 'lit';
import type { Entry } from '#sdk';
import { html } from '../internal/html.js';
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

function renamed(name: string, title: string, description: string, { text }: Localisation): string {
  if (title !== '') return description === '' ? text('renamedBy', { name, title }) : text('renamedDescribed', { name, title, description });
  return description === '' ? text('unnamed', { name }) : text('described', { name, description });
}

/** In plain words, one line; empty for what needs none. */
function happened({ body, author }: Entry, nameOf: (id: string) => string, localisation: Localisation): string {
  const { text } = localisation;
  const name = nameOf(author);
  const names = (ids: readonly string[]): string => localisation.list(ids.map(nameOf));
  // Within a sentence the viewer is another word than at its beginning.
  const whom = (ids: readonly string[]): string =>
    localisation.list(ids.map(nameOf).map((one) => (one === text('you') ? text('youWithin') : one)));
  switch (body.kind) {
    case 'started':
      return body.invited?.length ? text('startedInviting', { name, names: whom(body.invited) }) : text('started', { name });
    case 'invited':
      return text('invitedBy', { name, names: whom(body.users) });
    case 'declined':
      return text('declinedBy', { name });
    case 'joined':
      return text('joined', { names: names(body.users) });
    case 'left':
      return text('left', { names: names(body.users) });
    case 'removed':
      return text('removedBy', { name, names: whom(body.users) });
    case 'renamed':
      return renamed(name, oneLine(body.title ?? ''), oneLine(body.description ?? ''), localisation);
    case 'ended':
      return text('endedBy', { name });
    case 'history-sent':
      return text('historySentBy', { name, to: localisation.list(body.to.map(oneLine)) });
    case 'history-failed':
      return text(body.reason === 'refused' ? 'historyRefused' : 'historyUnreachable', { name, to: oneLine(body.to) });
    case 'erased':
      return text('erased', { name });
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
