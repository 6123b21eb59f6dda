import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface MenuHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** Between the invoker and the menu, and between the menu and the edge of the window. px */
const GAP = 4;
const MARGIN = 8;

/**
 * A menu in the top layer: `<button @click=${this.#menu.toggle}>` and `<div class="menu" popover @keydown=${this.#menu.keydown}
 * @toggle=${this.#menu.toggled}>`. Arrow keys, Home and End go through the items (`itemSelector`), Escape closes it and gives the focus back to
 * the invoker, which has `@keydown=${this.#menu.keydown}`, too; a click elsewhere closes it by itself (light dismiss). The escape is kept from
 * the panel, which would close on it. What is rendered only while it is open gets the focus as soon as it is there.
 */
export class MenuController implements ReactiveController {
  readonly #host: MenuHost;
  readonly #invoker: string;
  readonly #menu: string;
  readonly #items: string;
  #open = false;
  #entered = false;
  /** Of a context menu: where it opens, and who had the focus, instead of the invoker. */
  #context: { at: DOMRect; back: HTMLElement | null } | null = null;

  /** Selectors within the host's shadow root. */
  constructor(host: MenuHost, selectors: { invoker: string; menu: string; items?: string }) {
    this.#host = host;
    this.#invoker = selectors.invoker;
    this.#menu = selectors.menu;
    this.#items = selectors.items ?? '[role^="menuitem"]';
    host.addController(this);
  }

  get open(): boolean {
    return this.#open;
  }

  hostDisconnected(): void {
    this.#open = false;
  }

  readonly toggle = (): void => (this.#open ? this.close() : this.show());

  /** At the invoker; or, as a context menu, at a place of the window, and then `back` gets the focus when it is closed. */
  show(at?: DOMRect, back: HTMLElement | null = null): void {
    const menu = this.#find(this.#menu);
    // Asked of the document: that it was just closed is told a moment later.
    if (menu === null || menu.matches(':popover-open')) return;
    this.#context = at === undefined ? null : { at, back };
    this.#entered = false;
    menu.showPopover();
    this.#enter();
  }

  #enter(): void {
    const menu = this.#find(this.#menu);
    const at = this.#context?.at ?? this.#find(this.#invoker)?.getBoundingClientRect();
    if (menu === null || at === undefined || !menu.matches(':popover-open')) return;
    place(menu, at, getComputedStyle(this.#host).direction === 'rtl');
    const items = this.#list();
    const first =
      items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0] ?? menu.querySelector<HTMLElement>('[tabindex="0"]');
    first?.focus();
    this.#entered = first !== null;
  }

  /** Closes; the focus goes back to the invoker unless the person has put it elsewhere. */
  close(): void {
    const menu = this.#find(this.#menu);
    if (menu === null || !menu.matches(':popover-open')) return;
    menu.hidePopover();
    (this.#context === null ? this.#find(this.#invoker) : this.#context.back)?.focus();
  }

  /** The browser's word on whether it is open: light dismiss does not come through here. */
  readonly toggled = (event: Event): void => {
    this.#open = (event as ToggleEvent).newState === 'open';
    this.#host.requestUpdate();
    if (this.#open && !this.#entered) void this.#host.updateComplete.then(() => this.#enter());
  };

  readonly keydown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented || !this.#open) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return;
    }
    const items = this.#list();
    const at = items.indexOf(event.composedPath()[0] as HTMLElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    items[to % items.length]?.focus();
  };

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }

  #list(): HTMLElement[] {
    return [...(this.#find(this.#menu)?.querySelectorAll<HTMLElement>(this.#items) ?? [])];
  }
}

/** Below the invoker, from its start edge; above or shifted where the window ends. */
function place(menu: HTMLElement, at: DOMRect, rtl: boolean): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP;
  const top = below + height <= innerHeight - MARGIN ? below : Math.max(MARGIN, at.top - GAP - height);
  const wanted = rtl ? at.right - width : at.left;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(MARGIN, Math.min(wanted, innerWidth - MARGIN - width))}px`;
}
