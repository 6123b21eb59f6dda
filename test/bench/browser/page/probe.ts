import { HeldFrames } from './held-frames.js';

/** The eyes and hands of the benchmark in a page; it is there before any script that is measured. */
export interface Probe {
  readonly frames: HeldFrames;
  /** When the measured script was asked for, in ms of the page's clock. */
  started: number;
  /** Resolves to how long it took until the page could be used, in ms. */
  usable: Promise<number>;
  /** The first element that matches, through all shadow roots. */
  find(selector: string): Element | null;
  all(selector: string): Element[];
  /** Nodes in the document with all shadow trees: elements, texts and comments. */
  nodes(): number;
  /** Resolves at the first frame in which it holds; rejects when it does not within half a minute. */
  until(holds: () => boolean): Promise<void>;
  /** Of the open conversation. */
  log(): HTMLElement;
  /** How many entries of this conversation the page holds. */
  held(conversation: string): number;
  frame(): Promise<unknown>;
  /** Resolves when what was changed until now is on the screen. */
  painted(): Promise<void>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

function* roots(root: Document | ShadowRoot): Generator<Document | ShadowRoot> {
  yield root;
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) yield* roots(element.shadowRoot);
}

/** ms */
const PATIENCE = 30_000;

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

window.probe = {
  frames: new HeldFrames(),
  started: 0,
  usable: new Promise(() => undefined),
  find(selector) {
    for (const root of roots(document)) {
      const found = root.querySelector(selector);
      if (found !== null) return found;
    }
    return null;
  },
  all(selector) {
    return [...roots(document)].flatMap((root) => [...root.querySelectorAll(selector)]);
  },
  nodes() {
    let count = 0;
    for (const root of roots(document)) for (const walk = document.createTreeWalker(root); walk.nextNode();) count += 1;
    return count;
  },
  log() {
    const found = window.probe.find('parley-timeline')?.shadowRoot?.querySelector<HTMLElement>('.scroller');
    if (!found) throw new Error('no conversation is open');
    return found;
  },
  held(conversation) {
    let count = 0;
    const items$ = document.querySelector('parley-session')?.client?.session?.timeline(conversation).items$;
    items$?.subscribe((items) => (count = items.length)).unsubscribe();
    return count;
  },
  frame,
  async until(holds) {
    const deadline = performance.now() + PATIENCE;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`it was waited for in vain: ${String(holds)}`);
      await frame();
    }
  },
  async painted() {
    await frame();
    // Frames are drawn after their callbacks: the task after is the first that knows of it.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (port1.close(), resolve(undefined));
      port2.postMessage(null);
    });
  },
};
