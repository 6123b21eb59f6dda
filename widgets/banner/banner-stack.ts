import { nothing, type TemplateResult } from 'lit';
import type { Notice, Session } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { PeopleController } from '../internal/people.js';
import { repeat } from '../internal/repeat.js';
import type { Inside } from '../internal/shell-element.js';
import { buttons, more } from '../internal/styles.js';
import { moreTokens } from '../internal/tokens.js';
import { noticeWords } from '../notices/notice-words.js';
import type { Banner } from './banner.js';
import { bannerStyles } from './banner-styles.js';

/** So many at once; the others are a number. */
const SHOWN = 3;
/** Where three would be half of what one sees, one is enough. */
const CRAMPED = '(max-width: 700px), (max-height: 480px)';

/** A banner has room beside the panel. px */
const BESIDE = 200;
/** Of the panel: whose it is, and whom one writes with. px */
const HEADERS = 104;

/** What a banner shows, loaded with its first notice. */
export class BannerStack implements Inside {
  static readonly styles = [moreTokens, more, buttons, bannerStyles];

  readonly #banner: Banner;
  readonly #people: PeopleController;
  readonly #announcer: Announcer;
  readonly #said = new Set<string>();
  #session: Session | null = null;

  constructor(banner: Banner) {
    this.#banner = banner;
    this.#people = new PeopleController(banner);
    this.#announcer = new Announcer(banner);
  }

  /** In front of everything of the host's while there is something to show. */
  updated(): void {
    const stack = this.#banner.renderRoot.querySelector<HTMLElement>('.stack');
    const wanted = this.#banner.notices.length > 0;
    if (stack !== null && stack.matches(':popover-open') !== wanted) stack.togglePopover(wanted);
    if (stack !== null) stack.style.insetBlock = this.#place();
    for (const notice of this.#banner.notices) this.#say(notice);
  }

  /** Where an open panel leaves no room beside it the bottom is where one writes, and above that what came last: below the panel's headers, then. */
  #place(): string {
    const { panel } = this.#banner;
    if (!panel?.open || panel.clientWidth < innerWidth - BESIDE) return '';
    return `${panel.getBoundingClientRect().top + HEADERS}px auto`;
  }

  #say(notice: Notice): void {
    // Once its name has come: "unknown person" is read out to nobody.
    if (this.#said.has(notice.id) || this.#people.get(notice.from) === null) return;
    this.#said.add(notice.id);
    this.#announcer.say(this.#banner.text('noticeAt', { what: this.#what(notice), time: this.#banner.localisation.times.time(notice.at) }));
  }

  #what(notice: Notice): string {
    return noticeWords(notice, this.#people.get(notice.from), this.#banner);
  }

  #open({ id, type, conversation }: Notice): void {
    const session = this.#banner.client?.session;
    session?.notices.dismiss(id);
    session?.open(type === 'message' ? conversation : null);
    this.#banner.panel?.show();
  }

  #dismiss({ id }: Notice): void {
    this.#banner.client?.session?.notices.dismiss(id);
  }

  #renderNotice(notice: Notice): TemplateResult {
    const { text, localisation } = this.#banner;
    const { times } = localisation;
    return html`<div class="notice" part="banner" @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.#dismiss(notice)}>
      <span class="mark">${icon(notice.type === 'invitation' ? 'group' : 'chat')}</span>
      <div class="words">
        <strong dir="auto">${this.#what(notice)}</strong>
        <time datetime=${new Date(notice.at).toISOString()} title=${times.full(notice.at)}>${times.time(notice.at)}</time>
        ${notice.text === undefined ? nothing : html`<p dir="auto">${notice.text}</p>`}
      </div>
      <div class="acts">
        <button class="button primary" type="button" @click=${() => this.#open(notice)}>${text('noticeOpen')}</button>
        <button class="button" type="button" @click=${() => this.#dismiss(notice)}>${text('noticeDismiss')}</button>
      </div>
    </div>`;
  }

  /** What was said to one user is not there for the next. */
  #follow(): void {
    const session = this.#banner.client?.session ?? null;
    if (session === this.#session) return;
    this.#session = session;
    this.#said.clear();
    this.#announcer.clear();
  }

  render(): TemplateResult {
    this.#follow();
    const { notices, text } = this.#banner;
    const shown = matchMedia(CRAMPED).matches ? 1 : SHOWN;
    const rest = notices.length - shown;
    return html`${this.#announcer.region()}
      <div class="stack" popover="manual" role="region" aria-label=${text('notices')}>
        ${repeat(
          notices.slice(0, shown),
          ({ id }) => id,
          (notice) => this.#renderNotice(notice),
        )}
        ${rest > 0 ? html`<div class="rest">${text('noticeMore', { count: rest })}</div>` : nothing}
      </div>`;
  }
}
