import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { ContactGroup } from '#sdk';
import { Avatar } from '../avatar/avatar.js';
import { html } from '../internal/html.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';
import { repeat } from '../internal/repeat.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';
import type { Act } from './contact-acts.js';
import { ContactDrag } from './contact-drag.js';
import { contactGridStyles } from './contact-grid-styles.js';
import { keyAct } from './contact-keys.js';
import { type Line, type PersonLine, sectionKey } from './contact-lines.js';
import { ContactMenu, type MenuTarget } from './contact-menu.js';
import { type PersonFacts, renderBanner, renderNote, renderPersonRow, type RowState } from './contact-row.js';
import { ContactSelection } from './contact-selection.js';
import { asksFirst } from './favourites.js';

/** What the list knows and does; given by the contacts tab. */
export interface ContactList {
  facts(user: string): PersonFacts;
  /** Those of them with whom a chat can be begun, or gone on with. Nobody: "New message" is not offered. */
  reachable(users: readonly string[]): readonly string[];
  perform(act: Act): void;
  /** Asks for the name of a group: of a new one with these people, or another one for this. */
  edit(group: ContactGroup | null, users: readonly string[]): void;
  shutOrOpen(line: Extract<Line, { type: 'banner' }>): void;
  showOffline(): void;
  groups(): readonly ContactGroup[];
  /** Others are chosen now. */
  chose(users: readonly string[]): void;
}

/**
 * @summary The rows of the contacts: banners and people, of whom several can be chosen by pointer and keys (S10), with a context menu and dragging.
 * Longer than most files: rows, choice, keys and pointer are one grid, whose focus and state must be in one place.
 *
 * A tree grid and not a list of options: rows have a star and a menu in them, which options may not have.
 */
export class ContactGrid extends ParleyElement {
  static readonly tag = 'contact-grid';
  static override readonly parts = [Avatar, ContactMenu, PresenceBadge];
  static override styles = [tokens, base, buttons, contactGridStyles];
  static override properties: PropertyDeclarations = {
    lines: { attribute: false },
    list: { attribute: false },
    active: { state: true },
  };
  protected static override readonly keepsEditing: boolean = true;

  /** Other ones render again, also for other names, stars and presences. */
  lines: readonly Line[] = [];
  list: ContactList | null = null;

  /** The key of the row that takes the focus. */
  protected active = '';
  protected get menu(): ContactMenu | null {
    return this.renderRoot.querySelector(tagOf('contact-menu'));
  }

  #drag = new ContactDrag(this);
  #selection = new ContactSelection();
  #at = 0;
  #hadFocus = false;

  /** Each of them once, though they may have a row in several banners. */
  get chosen(): readonly string[] {
    const lines = this.lines.filter((line): line is PersonLine => line.type === 'person' && this.#selection.has(line.key));
    return [...new Set(lines.map(({ user }) => user))];
  }

  /** Where it was left. */
  override focus(): void {
    this.#go(this.#at, 'only');
  }

  /** On the first person, who is chosen by it. */
  focusFirst(): void {
    this.#go(
      this.lines.findIndex(({ type }) => type === 'person'),
      'only',
    );
  }

  clear(): void {
    this.#selection.clear();
    this.#changed();
  }

  #changed(): void {
    this.requestUpdate();
    this.list?.chose(this.chosen);
  }

  get #order(): readonly string[] {
    return this.lines.filter(({ type }) => type === 'person').map(({ key }) => key);
  }

  #choose(line: Line | undefined, how: 'only' | 'range' | 'toggle', add = false): void {
    if (line?.type !== 'person') {
      if (how === 'only') this.#selection.clear();
    } else if (how === 'only') this.#selection.only(line.key);
    else if (how === 'toggle') this.#selection.toggle(line.key);
    else this.#selection.range(line.key, this.#order, add);
    this.#changed();
  }

  #target(line: Line, list: ContactList): MenuTarget | null {
    const group = line.section.kind === 'group' ? line.section.group : null;
    if (line.type === 'person') {
      if (!this.#selection.has(line.key)) this.#choose(line, 'only');
      const users = this.chosen;
      const name = this.localisation.list(users.slice(0, 3).map((user) => list.facts(user).name));
      return { type: 'people', users, name, group, reachable: list.reachable(users) };
    }
    return line.type === 'note' || group === null ? null : { type: 'group', group, reachable: list.reachable(group.users) };
  }

  async #openMenu(line: Line, row: HTMLElement, at: Element | DOMRect | null): Promise<void> {
    const target = this.list && this.#target(line, this.list);
    if (target === null) return;
    this.active = line.key;
    await this.menu?.show(target, at instanceof DOMRect ? at : (at ?? row).getBoundingClientRect(), row);
  }

  #pressStar(line: PersonLine, row: HTMLElement): void {
    const facts = this.list?.facts(line.user);
    const star = row.querySelector('.star');
    if (facts === undefined || star === null) return;
    if (!asksFirst(facts.favourite, facts.policy)) {
      this.list?.perform({ type: 'favourite', users: [line.user], on: facts.favourite === 'none' });
      return;
    }
    const target = { type: 'people', users: [line.user], name: facts.name, group: null, reachable: [] } as const;
    void this.menu?.show(target, star.getBoundingClientRect(), row, 'question');
  }

  #write(user: string): void {
    const users = this.list?.reachable([user]) ?? [];
    if (users.length > 0) this.list?.perform({ type: 'message', users });
  }

  /** Where the browser shows it while the button is still down, letting go would close the menu again. */
  #contextmenu(event: MouseEvent): void {
    const [line, row] = this.#rowOf(event);
    if (line === undefined || row === null || (line.type !== 'person' && line.section.kind !== 'group')) return;
    event.preventDefault();
    const pointed = event.button === 2 || event.buttons !== 0;
    const show = (): void => void this.#openMenu(line, row, pointed ? new DOMRect(event.clientX, event.clientY, 0, 0) : row);
    if (event.buttons === 0) show();
    else addEventListener('pointerup', () => setTimeout(show), { once: true, capture: true });
  }

  #rowOf(event: Event): [Line | undefined, HTMLElement | null] {
    const row = event.composedPath().find((node): node is HTMLElement => node instanceof HTMLElement && node.role === 'row');
    return [row && this.lines.find(({ key }) => key === row.dataset['key']), row ?? null];
  }

  #click(event: MouseEvent): void {
    const [line, row] = this.#rowOf(event);
    if (line === undefined || row === null) return;
    this.active = line.key;
    const act = event.composedPath().find((node): node is HTMLElement => node instanceof HTMLElement && 'act' in node.dataset);
    if (act?.dataset['act'] === 'offline') this.list?.showOffline();
    else if (act?.dataset['act'] === 'star' && line.type === 'person') this.#pressStar(line, row);
    else if (act?.dataset['act'] === 'more') void this.#openMenu(line, row, act);
    else if (line.type === 'banner') this.list?.shutOrOpen(line);
    else this.#choose(line, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only', event.ctrlKey || event.metaKey);
  }

  #dblclick(event: MouseEvent): void {
    const [line] = this.#rowOf(event);
    const onButton = event.composedPath().some((node) => node instanceof HTMLButtonElement);
    if (line?.type === 'person' && !onButton && !event.shiftKey && !event.ctrlKey && !event.metaKey) this.#write(line.user);
  }

  #keydown(event: KeyboardEvent): void {
    const [line, row] = this.#rowOf(event);
    const target = event.composedPath()[0];
    const onButton = target instanceof HTMLButtonElement;
    const act = keyAct(event, getComputedStyle(this).direction === 'rtl');
    if (line === undefined || row === null || act === null) return;
    if (onButton && (act.type === 'open' || act.type === 'toggle')) return;
    event.preventDefault();
    const at = this.lines.indexOf(line);
    switch (act.type) {
      case 'go':
        return this.#go(at + act.by, act.choose);
      case 'first':
        return this.#go(0, act.choose);
      case 'last':
        return this.#go(this.lines.length - 1, act.choose);
      case 'all':
        this.#selection.all(this.#order);
        return this.#changed();
      case 'toggle':
        return line.type === 'person' ? this.#choose(line, event.ctrlKey || event.metaKey ? 'toggle' : 'only') : this.#enter(line);
      case 'menu':
        return void this.#openMenu(line, row, row);
      case 'open':
        return this.#enter(line);
      case 'inward':
      case 'outward':
        return this.#step(act.type === 'inward', line, row, target);
    }
  }

  #enter(line: Line): void {
    if (line.type === 'person') this.#write(line.user);
    else if (line.type === 'banner') this.list?.shutOrOpen(line);
    else if (line.hidden > 0) this.list?.showOffline();
  }

  #go(index: number, choose: 'only' | 'range' | 'nothing'): void {
    const line = this.lines[Math.max(0, Math.min(this.lines.length - 1, index))];
    if (line === undefined) return;
    if (choose !== 'nothing') this.#choose(line, choose);
    this.#focusRow(line.key);
  }

  /** Into a banner and out of it, and through the buttons of a row. */
  #step(inward: boolean, line: Line, row: HTMLElement, target: EventTarget | undefined): void {
    if (line.type === 'banner' && target === row && line.expanded !== inward) return this.list?.shutOrOpen(line);
    const stops = [row, ...row.querySelectorAll<HTMLElement>('button')];
    const to = stops[stops.indexOf(target as HTMLElement) + (inward ? 1 : -1)];
    if (to !== undefined) return to.focus();
    if (inward || line.type === 'banner') return;
    const banner = this.lines.findLast((one, at) => one.type === 'banner' && at < this.lines.indexOf(line));
    if (banner !== undefined) this.#focusRow(banner.key);
  }

  #focusRow(key: string): void {
    this.active = key;
    void this.updateComplete.then(() => this.#row(key)?.focus());
  }

  #row(key: string): HTMLElement | null {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role="row"]')].find((row) => row.dataset['key'] === key) ?? null;
  }

  #dragstart(event: DragEvent): void {
    const [line] = this.#rowOf(event);
    if (line?.type === 'banner' && line.section.kind === 'group') this.#drag.start(event, { type: 'group', id: line.section.group.id });
    if (line?.type !== 'person') return;
    if (!this.#selection.has(line.key)) this.#choose(line, 'only');
    this.#drag.start(event, { type: 'people', users: this.chosen });
  }

  #drop(event: DragEvent): void {
    const dropped = this.#drag.drop(event);
    if (dropped === null || this.list === null) return;
    const { dragged, line, place } = dropped;
    const group = line.section.kind === 'group' ? line.section.group : null;
    if (dragged.type === 'people') {
      const fresh = dragged.users.filter((user) => this.list?.facts(user).favourite === 'none');
      this.list.perform(
        group === null ? { type: 'favourite', users: fresh, on: true } : { type: 'add-to-group', users: dragged.users, group },
      );
      return;
    }
    const groups = this.list.groups();
    const moved = groups.find(({ id }) => id === dragged.id);
    if (moved === undefined || group === null) return;
    const ids = groups.map(({ id }) => id).filter((id) => id !== moved.id);
    ids.splice(ids.indexOf(group.id) + (place === 'after' ? 1 : 0), 0, moved.id);
    this.list.perform({ type: 'arrange-groups', group: moved, ids });
  }

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = (this.renderRoot as ShadowRoot).activeElement?.closest('[role="row"]') != null;
    const before = this.#selection.size;
    this.#selection.keep(this.#order);
    if (this.#selection.size < before) this.list?.chose(this.chosen);
    const at = this.lines.findIndex(({ key }) => key === this.active);
    // Who goes offline takes the focus nowhere: the row that comes in their place has it.
    this.#at = at >= 0 ? at : Math.max(0, Math.min(this.#at, this.lines.length - 1));
    if (at < 0) this.active = this.lines[this.#at]?.key ?? '';
  }

  protected override updated(): void {
    const { activeElement } = this.renderRoot as ShadowRoot;
    if (this.#hadFocus && activeElement === null && this.menu?.open === false) this.#row(this.active)?.focus();
  }

  #renderLine(line: Line, list: ContactList): TemplateResult {
    const over = this.#drag.over;
    const into = over?.place === 'into' && line.type === 'banner' && sectionKey(over.line.section) === sectionKey(line.section);
    const dropped = into ? 'into' : over?.line.key === line.key && over.place !== 'into' ? over.place : '';
    const state: RowState = { active: line.key === this.active, chosen: this.#selection.has(line.key), dropped };
    if (line.type === 'banner') return renderBanner(line, state, this.localisation);
    if (line.type === 'note') return renderNote(line, state, this.localisation);
    return renderPersonRow(line, state, list.facts(line.user), this.localisation);
  }

  protected override render(): TemplateResult {
    const { lines, list } = this;
    return html`<div
        class="grid"
        role="treegrid"
        aria-label=${this.text('contacts')}
        aria-multiselectable="true"
        @click=${this.#click}
        @dblclick=${this.#dblclick}
        @keydown=${this.#keydown}
        @focusin=${(event: Event) => (this.active = this.#rowOf(event)[0]?.key ?? this.active)}
        @contextmenu=${this.#contextmenu}
        @dragstart=${this.#dragstart}
        @dragover=${(event: DragEvent) => this.#drag.move(event, this.#rowOf(event)[0])}
        @drop=${this.#drop}
        @dragend=${() => this.#drag.end()}
      >
        ${
          list === null
            ? ''
            : repeat(
                lines,
                ({ key }) => key,
                (line) => this.#renderLine(line, list),
              )
        }
      </div>
      <parley-contact-menu
        .chosen=${(act: Act) => this.list?.perform(act)}
        .edit=${(group: ContactGroup | null, users: readonly string[]) => this.list?.edit(group, users)}
      ></parley-contact-menu>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-contact-grid': ContactGrid;
  }
}
