import type { CallContext } from '../../api.js';
import { messagePort, originOf, type BridgePort } from './bridge-port.js';
import { message, readFromInner } from './messages.js';
import { OuterSide, type OuterListener } from './outer-side.js';

export type OuterBridgeOptions = OuterListener & (FramedPage | ShellPage);

export interface FramedPage {
  /** The frame, or the window, with the page that holds Parley's elements. */
  frame: HTMLIFrameElement | Window;
  /** The origin of that page, such as `https://chat.example.org`; no other is spoken to. */
  origin: string;
}

export interface ShellPage {
  /** The way to a page that is not in a window of this one. */
  port: BridgePort;
}

/** The host's end of a bridge to a page with Parley's elements. */
export interface OuterBridge {
  /** Whether the page is there. */
  readonly connected: boolean;
  /** The current item has changed, or answers have. */
  refresh(): void;
  /** The telephone call that the user is in; null when in none. */
  setCall(call: CallContext | null): void;
  /** Brings the focus into the chat. */
  focus(): void;
  /** As of a client on this page: masks the chat; shows it again, if the token is the same user's. */
  lock(): void;
  unlock(): void;
  /** Signs out. */
  end(): void;
  /** Ends the session and starts one for whoever `token` gives a token of from now on. */
  switchUser(): void;
  dispose(): void;
}

/** Waits for the page to say hello, and once more whenever it is loaded anew. Throws `INVALID` for what is no origin. */
export function createOuterBridge(options: OuterBridgeOptions): OuterBridge {
  return 'port' in options ? new ShellBridge(options) : new WindowBridge(options);
}

/** What both have; `side` is there once somebody has said hello. */
abstract class Bridge implements OuterBridge {
  protected side: OuterSide | null = null;
  protected call: CallContext | null = null;

  get connected(): boolean {
    return this.side?.isWelcomed === true;
  }

  refresh(): void {
    this.side?.tellCurrent(true);
  }

  setCall(call: CallContext | null): void {
    this.call = call;
    this.side?.tellCall(call);
  }

  focus(): void {
    this.side?.askFocus();
  }

  lock(): void {
    this.side?.tellSession('lock');
  }

  unlock(): void {
    this.side?.tellSession('unlock');
  }

  end(): void {
    this.side?.tellSession('end');
  }

  switchUser(): void {
    this.side?.tellSession('switch');
  }

  dispose(): void {
    this.side?.close();
    this.side = null;
  }
}

class ShellBridge extends Bridge {
  constructor(options: OuterListener & ShellPage) {
    super();
    this.side = new OuterSide(options.port, options, null);
  }
}

class WindowBridge extends Bridge {
  readonly #options: OuterListener & FramedPage;
  readonly #origin: string;
  #page = '';
  readonly #heard = (event: MessageEvent<unknown>): void => {
    const inner = this.#inner();
    // The window is ours and has our page in it, not one that somebody has led it to, nor a frame within it.
    if (inner === null || event.source !== inner || event.origin !== this.#origin) return;
    const said = readFromInner(event.data);
    // It says hello until it is answered; the same hello twice is no second page.
    if (said?.type !== 'hello' || said.page === this.#page) return;
    this.#page = said.page;
    this.#connect(inner);
  };
  /** The focus goes into the frame, where the next thing may be the press that links. */
  readonly #left = (): void => this.side?.tellCurrent(false);

  constructor(options: OuterListener & FramedPage) {
    super();
    this.#options = options;
    this.#origin = originOf(options.origin);
    window.addEventListener('message', this.#heard);
    window.addEventListener('blur', this.#left);
  }

  override focus(): void {
    this.#options.frame.focus();
    super.focus();
  }

  override dispose(): void {
    window.removeEventListener('message', this.#heard);
    window.removeEventListener('blur', this.#left);
    super.dispose();
  }

  /** The port of a document before this one leads nowhere. */
  #connect(inner: Window): void {
    super.dispose();
    const { port1, port2 } = new MessageChannel();
    const side = (this.side = new OuterSide(messagePort(port1), this.#options, this.call));
    // Delivered only to a document of that origin: a page that took its place meanwhile gets neither word nor port.
    inner.postMessage(message({ type: 'port' }), this.#origin, [port2]);
    side.welcome();
  }

  #inner(): Window | null {
    const { frame } = this.#options;
    // Of a window of another origin nothing else may be asked.
    return 'window' in frame ? frame : frame.contentWindow;
  }
}
