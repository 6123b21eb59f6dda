import { Enums, RenderingEngine, StackViewport, init, setUseCPURendering } from '@cornerstonejs/core';
import { el } from '../page/element.js';
import { registerDicomLoader } from './image-loader.js';

export type Tool = 'window' | 'pan' | 'zoom' | 'scroll';

let engine: RenderingEngine | null = null;
let made = 0;

/** Once a page. On the processor, so that the pictures show in a virtual desktop and wherever else there is no WebGL. */
export function startRendering(): void {
  setUseCPURendering(true);
  init();
  registerDicomLoader();
  engine = new RenderingEngine('viewer');
}

/** One pane with a stack of images: scroll, window, zoom, pan, rotate, invert. */
export class ImageView {
  readonly element = el('div', { class: 'pane', tabindex: '0', role: 'group' });
  readonly #surface = el('div', { class: 'surface' });
  readonly #upper = el('div', { class: 'overlay upper' });
  readonly #lower = el('div', { class: 'overlay lower' });
  readonly #id = `pane-${String(++made)}`;
  #viewport: StackViewport | null = null;
  #initial: { centre: number; width: number } | null = null;
  /** Kept here: on the processor, Cornerstone shows the chosen window on every image but reports each image's own. */
  #window = { centre: 0, width: 1 };
  #tool: () => Tool;

  constructor(tool: () => Tool) {
    this.#tool = tool;
    this.element.append(this.#surface, this.#upper, this.#lower);
    this.element.addEventListener('wheel', (event) => this.#onWheel(event), { passive: false });
    this.element.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
    this.element.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  /** After the element is in the page: Cornerstone measures it. */
  attach(): void {
    engine?.enableElement({
      viewportId: this.#id,
      type: Enums.ViewportType.STACK,
      element: this.#surface,
      defaultOptions: { background: [0, 0, 0] },
    });
    const viewport = engine?.getViewport(this.#id);
    if (!(viewport instanceof StackViewport)) throw new Error('no viewport');
    this.#viewport = viewport;
    this.#surface.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
    new ResizeObserver(() => {
      if (this.#surface.clientWidth > 0) engine?.resize(true, true);
    }).observe(this.#surface);
    this.#surface.addEventListener(Enums.Events.IMAGE_RENDERED, () => this.#describe());
  }

  detach(): void {
    engine?.disableElement(this.#id);
    this.#viewport = null;
    this.element.remove();
  }

  /** Shows a stack from its middle on; the corners say what it is. */
  async show(imageIds: string[], lines: string[], label: string): Promise<void> {
    const viewport = this.#viewport;
    if (!viewport) return;
    this.element.setAttribute('aria-label', label);
    this.#upper.replaceChildren(...lines.map((line) => el('div', {}, line)));
    await viewport.setStack(imageIds, Math.floor(imageIds.length * 0.62));
    const image = viewport.getCornerstoneImage();
    this.#initial = { centre: Number(image.windowCenter), width: Number(image.windowWidth) };
    this.reset();
  }

  scroll(by: number): void {
    const viewport = this.#viewport;
    if (!viewport) return;
    const last = viewport.getImageIds().length - 1;
    const next = Math.max(0, Math.min(last, viewport.getTargetImageIdIndex() + by));
    if (next !== viewport.getTargetImageIdIndex()) void viewport.setImageIdIndex(next);
  }

  scrollTo(end: 'first' | 'last'): void {
    this.scroll(end === 'first' ? -10_000 : 10_000);
  }

  window(centre: number, width: number): void {
    this.#window = { centre, width };
    this.#change((viewport) => viewport.setProperties({ voiRange: { lower: centre - width / 2, upper: centre + width / 2 } }));
  }

  invert(): void {
    this.#change((viewport) => viewport.setProperties({ invert: !viewport.getProperties().invert }));
  }

  rotate(): void {
    this.#change((viewport) => viewport.setViewPresentation({ rotation: (viewport.getRotation() + 90) % 360 }));
  }

  flip(): void {
    this.#change((viewport) => viewport.setCamera({ flipHorizontal: !viewport.getCamera().flipHorizontal }));
  }

  /** Window, size, place and turn as they were at the beginning; the image stays. */
  reset(): void {
    this.#change((viewport) => {
      viewport.setViewPresentation({ rotation: 0 });
      viewport.setCamera({ flipHorizontal: false });
      viewport.resetCamera();
      viewport.setProperties({ invert: false });
    });
    if (this.#initial) this.window(this.#initial.centre, this.#initial.width);
  }

  #change(act: (viewport: StackViewport) => void): void {
    const viewport = this.#viewport;
    if (!viewport?.getCornerstoneImage()) return;
    act(viewport);
    viewport.render();
  }

  #onWheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey) this.#zoom(event.deltaY < 0 ? 1.08 : 1 / 1.08);
    else this.scroll(Math.sign(event.deltaY));
  }

  /** Left: the tool that is chosen. Middle: pan. Right: zoom. As viewers do. */
  #onPointerDown(event: PointerEvent): void {
    const tool: Tool = event.button === 1 ? 'pan' : event.button === 2 ? 'zoom' : this.#tool();
    let { clientX, clientY } = event;
    let travelled = 0;
    this.element.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const dx = moved.clientX - clientX;
      const dy = moved.clientY - clientY;
      ({ clientX, clientY } = moved);
      if (tool === 'window') this.#dragWindow(dx, dy);
      else if (tool === 'zoom') this.#zoom(1.006 ** -dy);
      else if (tool === 'pan') this.#change((viewport) => viewport.setPan([viewport.getPan()[0] + dx, viewport.getPan()[1] + dy]));
      else {
        travelled += dy;
        const steps = Math.trunc(travelled / 8);
        travelled -= steps * 8;
        if (steps !== 0) this.scroll(steps);
      }
    };
    const end = () => {
      this.element.removeEventListener('pointermove', move);
      this.element.removeEventListener('pointerup', end);
      this.element.removeEventListener('pointercancel', end);
    };
    this.element.addEventListener('pointermove', move);
    this.element.addEventListener('pointerup', end);
    this.element.addEventListener('pointercancel', end);
  }

  #dragWindow(dx: number, dy: number): void {
    const { centre, width } = this.#window;
    const gain = Math.max(1, width / 300);
    this.window(centre + dy * gain, Math.max(2, width + dx * gain));
  }

  #zoom(factor: number): void {
    this.#change((viewport) => viewport.setZoom(Math.max(0.2, Math.min(12, viewport.getZoom() * factor))));
  }

  #describe(): void {
    const viewport = this.#viewport;
    // It renders once before the first image has come.
    if (!viewport?.getCornerstoneImage()) return;
    const { centre, width } = this.#window;
    this.#lower.replaceChildren(
      el('div', {}, `Image ${String(viewport.getCurrentImageIdIndex() + 1)} / ${String(viewport.getImageIds().length)}`),
      el('div', {}, `C ${String(Math.round(centre))}  W ${String(Math.round(width))}  ${viewport.getZoom().toFixed(1)}x`),
    );
  }
}
