import type { ContextLink } from '#protocol';
import type { Parley, TokenProvider } from '../../api.js';
import type { HostContext, HostKind, ResolvedLink } from '../../host/host-context.js';
import { newId } from '../../new-id.js';
import { ParleyError } from '../../protocol/errors.js';
import type { BridgePort } from './bridge-port.js';
import { BRIDGE_VERSION, message, readFromOuter, readLink, readResolved } from './messages.js';
import type { Current, FromInner, FromOuter, KindOffer, SessionAct } from './messages.js';
import { outerWindowPort } from './outer-window-port.js';
import { Requests } from './requests.js';

export interface InnerBridgeOptions {
  /** The origins of the pages that may be around this one, such as `https://viewer.example.org`. */
  origins?: readonly string[];
  /** The window of the other side: the page around this one, unless it was opened by `window.opener`. */
  outer?: Window | null;
  /** Instead of both: the way to a native shell. */
  port?: BridgePort;
  /** The host asks for the focus, such as `() => panel.focus()`. */
  onFocus?(): void;
  /** How long to wait for the other side; 30 s, 0 for as long as the page lives. ms */
  patience?: number;
}

type Guest = Pick<Parley, 'host' | 'lock' | 'unlock' | 'end' | 'switchUser'>;

/** What the other side gives to the Parley of this page. */
export interface InnerBridge {
  /** The host's kinds, as the other side named them at first. */
  readonly host: HostContext;
  readonly token: TokenProvider;
  /** Tells a client of current items and calls, and lets the other side lock, unlock, end and switch. The function returned takes it away. */
  attach(parley: Guest): () => void;
  /** Whether the focus is in the chat, for a host that pauses its keys meanwhile. */
  tellFocus(inside: boolean): void;
  /** How many messages are unread, for a host that shows it. */
  tellUnread(count: number): void;
  dispose(): void;
}

/**
 * Says hello until the other side answers. Rejects with a `ParleyError`: `INVALID` where there is no other side or it speaks another version,
 * `TIMEOUT` when none answers.
 */
export async function createInnerBridge(options: InnerBridgeOptions): Promise<InnerBridge> {
  const { origins = [], outer, port, patience = 30_000 } = options;
  const side = new InnerSide(port ?? outerWindowPort(origins, outer === undefined ? window.parent : outer), () => options.onFocus?.());
  try {
    await side.begin(patience);
    return side;
  } catch (error) {
    side.dispose();
    throw error;
  }
}

/** ms */
const KNOCK_FIRST = 100;
const KNOCK_MOST = 5_000;

class InnerSide implements InnerBridge {
  host: HostContext = {};
  readonly token: TokenProvider = async ({ reason, signal }) => {
    const token = await this.#requests.ask({ name: 'token', reason }, signal);
    if (typeof token !== 'string') throw new ParleyError('UNAUTHENTICATED');
    return token;
  };

  readonly #port: BridgePort;
  readonly #page = newId();
  readonly #onFocus: () => void;
  readonly #stop: () => void;
  readonly #guests = new Set<Guest>();
  readonly #requests = new Requests((said) => this.#post(said));
  #current: Current = {};
  #call: Parameters<Guest['host']['setCall']>[0] = null;
  #knocking: ReturnType<typeof setTimeout> | undefined;
  #begun: { resolve(): void; reject(error: ParleyError): void } | null = null;
  #isConnected = false;
  #isOver = false;

  constructor(port: BridgePort, onFocus: () => void) {
    this.#port = port;
    this.#onFocus = onFocus;
    this.#stop = port.listen((data) => {
      const said = readFromOuter(data);
      if (said) this.#heard(said);
    });
  }

  begin(patience: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const given = (): void => reject(new ParleyError('TIMEOUT', 'no page around this one has answered'));
      const timer = patience > 0 ? setTimeout(given, patience) : undefined;
      this.#begun = {
        resolve: () => (clearTimeout(timer), resolve()),
        reject: (error) => (clearTimeout(timer), reject(error)),
      };
      this.#knock(KNOCK_FIRST);
    });
  }

  attach(parley: Guest): () => void {
    this.#guests.add(parley);
    parley.host.setCall(this.#call);
    parley.host.refresh();
    return () => this.#guests.delete(parley);
  }

  tellFocus(inside: boolean): void {
    this.#post({ type: 'focus', inside });
  }

  tellUnread(count: number): void {
    this.#post({ type: 'unread', count });
  }

  dispose(): void {
    this.#isOver = true;
    this.#stop();
    this.#requests.end();
    this.#leave();
    clearTimeout(this.#knocking);
    this.#port.close?.();
  }

  /** The other side may be loaded later than this one. */
  #knock(wait: number): void {
    clearTimeout(this.#knocking);
    if (this.#isOver) return;
    // Before the hello, whose answer may be there at once.
    this.#knocking = setTimeout(() => this.#knock(Math.min(2 * wait, KNOCK_MOST)), wait);
    this.#post({ type: 'hello', versions: [BRIDGE_VERSION], page: this.#page });
  }

  #heard(said: FromOuter): void {
    switch (said.type) {
      case 'welcome':
        return this.#welcomed(said.version, said.kinds, said.current);
      case 'refused':
        return this.#begun?.reject(new ParleyError('INVALID', 'the page around this one speaks another version of the bridge'));
      case 'current':
        this.#current = said.current;
        return this.#each((parley) => parley.host.refresh());
      case 'call':
        this.#call = said.call;
        return this.#each((parley) => parley.host.setCall(said.call));
      case 'session':
        return this.#each((parley) => this.#act(parley, said.act));
      case 'focus':
        return this.#onFocus();
      case 'answer':
        return this.#requests.answered(said);
      case 'bye':
        // Whoever comes next is told what is current by themselves.
        this.#leave();
        this.#port.again?.();
        return this.#knock(KNOCK_FIRST);
    }
  }

  #welcomed(version: number, kinds: Readonly<Record<string, KindOffer>>, current: Current): void {
    if (version !== BRIDGE_VERSION) return this.#begun?.reject(new ParleyError('INVALID', 'a version that was not offered'));
    clearTimeout(this.#knocking);
    this.#isConnected = true;
    this.#current = current;
    if (this.#begun) {
      this.host = Object.fromEntries(Object.entries(kinds).map(([kind, offer]) => [kind, this.#kind(kind, offer)]));
      this.#begun.resolve();
      this.#begun = null;
    }
    this.#requests.connected();
    this.#each((parley) => parley.host.refresh());
  }

  #kind(kind: string, { resolves, opens, ...named }: KindOffer): HostKind {
    return {
      ...named,
      getCurrent: () => (Object.hasOwn(this.#current, kind) ? (this.#current[kind] ?? null) : null),
      ...(resolves ? { resolve: (link: ContextLink) => this.#resolve(link) } : {}),
      ...(opens ? { open: (link: ContextLink) => this.#requests.ask({ name: 'open', link: sendable(link) }).then(() => undefined) } : {}),
    };
  }

  async #resolve(link: ContextLink): Promise<ResolvedLink> {
    const resolved = readResolved(await this.#requests.ask({ name: 'resolve', link: sendable(link) }));
    if (!resolved) throw new ParleyError('INTERNAL');
    return resolved;
  }

  #act(parley: Guest, act: SessionAct): void {
    if (act === 'lock') parley.lock();
    // What is refused is seen where the client's state is.
    if (act === 'unlock') parley.unlock().catch(() => {});
    if (act === 'end') parley.end().catch(() => {});
    if (act === 'switch') parley.switchUser(this.token).catch(() => {});
  }

  /** Nobody is there who could answer, and what was current is not known any more. */
  #leave(): void {
    this.#isConnected = false;
    this.#requests.lost();
    this.#current = {};
    this.#call = null;
    this.#each((parley) => {
      parley.host.setCall(null);
      parley.host.refresh();
    });
  }

  #each(act: (parley: Guest) => void): void {
    for (const parley of [...this.#guests]) act(parley);
  }

  /** Nothing but the hello is said to whom nobody knows yet. */
  #post(said: FromInner): void {
    if (this.#isConnected || said.type === 'hello') this.#port.post(message(said));
  }
}

/** Of a link what the other side is to know; what it would not take is refused here. */
function sendable(link: ContextLink): ContextLink {
  const sent = readLink(link);
  if (!sent) throw new ParleyError('INVALID');
  return sent;
}
