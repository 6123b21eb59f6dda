import { deepActiveElement } from '../../internal/focus.js';
import type { ChatPanel } from '../../chat-panel/chat-panel.js';
import type { PanelService } from './viewer.js';

/** Frames in which the viewer may take up a panel that was added a moment ago, before it is opened as a person would. */
const PATIENCE = 30;

/**
 * Where the one chat panel stands: in the viewer's side panel when that shows it, else closed at the edge of the page, where it can be opened
 * on the study list too. It is moved and never made anew, so that what is open in it, and what is being written, outlives every layout.
 */
export class PanelPlace {
  /** Whether the viewer is in a mode, and so has side panels. */
  inMode = false;

  readonly #panel: ChatPanel;
  readonly #id: string;
  readonly #name: string;
  readonly #service: PanelService;
  readonly #show: () => void;
  #box: HTMLElement | null = null;
  #address = '';
  #wasShown = false;
  #revealing = false;

  constructor(panel: ChatPanel, service: PanelService, id: string, name: string) {
    this.#panel = panel;
    this.#service = service;
    this.#id = id;
    this.#name = name;
    const { show, hide } = panel;
    this.#show = show.bind(panel);
    // Whoever opens it, such as the banner or a badge, means the place where the viewer shows it.
    panel.show = () => this.show();
    panel.hide = () => {
      if (this.#box === null) hide.call(panel);
    };
    this.#settle();
  }

  /** Opens it, where the viewer shows it, and moves the focus in. */
  show(): void {
    if (this.inMode && this.#box === null) this.reveal({ focus: true });
    else this.#show();
  }

  /** The viewer's side panel has this box for it, or none any more. */
  readonly take = (box: HTMLElement | null): void => {
    if (box !== null) this.#address = location.href;
    else if (this.#box !== null) this.#wasShown = location.href !== this.#address;
    this.#box = box;
    this.#settle();
  };

  /**
   * Whether it is open, or was until the viewer went to another address and took its panels along. A person who closes it stays at the address
   * where they are.
   */
  get wanted(): boolean {
    return this.#wasShown || this.#panel.open;
  }

  /** Puts it among the panels of the mode that was entered. */
  offer(): void {
    if (!this.#service.getPanels('right').some(({ id }) => id === this.#id)) this.#service.addPanel('right', this.#id);
  }

  /** Shows it in the side panel. The focus goes in where a person asked for the chat, and stays where it is when they went to another study. */
  reveal({ focus }: { focus: boolean }): void {
    if (this.#revealing) return;
    this.#revealing = true;
    this.#open(focus, 0);
  }

  #settle(): void {
    const panel = this.#panel;
    panel.placement = this.#box === null ? 'docked' : 'page';
    panel.open = this.#box !== null;
    (this.#box ?? panel.ownerDocument.body).append(panel);
  }

  /** The viewer draws a panel some frames after it is told of it, and until then knows nothing of what shall be opened. */
  #open(focus: boolean, frame: number): void {
    if (this.#box !== null || frame > 2 * PATIENCE || !this.inMode) {
      this.#revealing = false;
      // Where a layout has no side panel it opens at the edge of the page.
      if (focus) this.#show();
      return;
    }
    this.#service.activatePanel(this.#id, true);
    // A side panel that a person has closed is opened by its icon only.
    if (frame === PATIENCE) this.#panel.ownerDocument.getElementById(`${this.#name}-btn`)?.click();
    requestAnimationFrame(() => this.#open(focus, frame + 1));
  }
}

/**
 * OHIF takes the focus away whenever the pointer comes over the images, also in the middle of a word, whose other half would be commands of the
 * viewer. While somebody types here the focus stays, until they press on something else.
 */
export function keepFocusWhileTyping(panel: HTMLElement): void {
  const { blur } = panel;
  const document = panel.ownerDocument;
  panel.blur = () => {
    if (!deepActiveElement(document)?.matches('input, textarea, select, [contenteditable]')) blur.call(panel);
  };
  document.addEventListener(
    'pointerdown',
    (event) => {
      // The images keep the press to themselves, and so the focus where it was.
      if (document.activeElement === panel && !event.composedPath().includes(panel)) blur.call(panel);
    },
    true,
  );
}
