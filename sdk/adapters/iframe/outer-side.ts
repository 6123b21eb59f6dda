import type { ContextLink } from '#protocol';
import type { CallContext, TokenProvider } from '../../api.js';
import type { HostContext, HostKind } from '../../host/host-context.js';
import { isErrorCode, ParleyError, type ErrorCode } from '../../protocol/errors.js';
import type { BridgePort } from './bridge-port.js';
import { BRIDGE_VERSION, message, readFromInner, readLink, readResolved } from './messages.js';
import type { Current, FromInner, FromOuter, KindOffer, Request, SessionAct } from './messages.js';

export interface OuterListener {
  /** The same that a page with Parley's elements would give to them. */
  host: HostContext;
  token: TokenProvider;
  onFocus?(inside: boolean): void;
  onUnread?(count: number): void;
  onConnected?(): void;
}

/** Requests of one page that are under way; a chat with a screen full of links asks for fewer. */
const MOST_REQUESTS = 256;

/** The outer side on one port: answers what the inner one asks, and tells it what changes here. */
export class OuterSide {
  readonly #port: BridgePort;
  readonly #given: OuterListener;
  readonly #requests = new Map<number, AbortController>();
  readonly #stop: () => void;
  #told = '';
  #call: CallContext | null = null;
  #welcomed = false;

  constructor(port: BridgePort, given: OuterListener, call: CallContext | null) {
    this.#port = port;
    this.#given = given;
    this.#call = call;
    this.#stop = port.listen((data) => {
      const said = readFromInner(data);
      if (said) this.#heard(said);
    });
  }

  get isWelcomed(): boolean {
    return this.#welcomed;
  }

  welcome(): void {
    const kinds = Object.entries(this.#given.host).map(([kind, host]): [string, KindOffer] => [kind, offerOf(host)]);
    const current = this.#current();
    this.#told = JSON.stringify(current);
    this.#welcomed = true;
    this.#post({ type: 'welcome', version: BRIDGE_VERSION, kinds: Object.fromEntries(kinds), current });
    if (this.#call) this.#post({ type: 'call', call: this.#call });
    this.#given.onConnected?.();
  }

  /** `always`: also when the same is current, because answers may be others. */
  tellCurrent(always: boolean): void {
    if (!this.#welcomed) return;
    const current = this.#current();
    const told = JSON.stringify(current);
    if (!always && told === this.#told) return;
    this.#told = told;
    this.#post({ type: 'current', current });
  }

  tellCall(call: CallContext | null): void {
    this.#call = call;
    if (this.#welcomed) this.#post({ type: 'call', call: call && { name: call.name, number: call.number } });
  }

  tellSession(act: SessionAct): void {
    if (this.#welcomed) this.#post({ type: 'session', act });
  }

  askFocus(): void {
    if (this.#welcomed) this.#post({ type: 'focus' });
  }

  close(): void {
    this.#stop();
    for (const abort of this.#requests.values()) abort.abort();
    this.#requests.clear();
    this.#post({ type: 'bye' });
    this.#port.close?.();
  }

  #heard(said: FromInner): void {
    if (said.type === 'hello') {
      if (said.versions.includes(BRIDGE_VERSION)) this.welcome();
      else this.#post({ type: 'refused' });
      return;
    }
    // Whoever has not said hello has not been told to speak.
    if (!this.#welcomed) return;
    if (said.type === 'request') void this.#answer(said.id, said);
    if (said.type === 'cancel') this.#requests.get(said.id)?.abort();
    if (said.type === 'focus') this.#given.onFocus?.(said.inside);
    if (said.type === 'unread') this.#given.onUnread?.(said.count);
  }

  async #answer(id: number, request: Request): Promise<void> {
    if (this.#requests.size >= MOST_REQUESTS || this.#requests.has(id)) return this.#refuse(id, 'RATE_LIMITED');
    const abort = new AbortController();
    this.#requests.set(id, abort);
    try {
      const data = await this.#ask(request, abort.signal);
      // A cancelled request is answered by nobody, so that a token that comes late goes nowhere.
      if (!abort.signal.aborted) this.#post({ type: 'answer', id, ok: true, data });
    } catch (error) {
      if (!abort.signal.aborted) this.#refuse(id, error instanceof ParleyError && isErrorCode(error.code) ? error.code : 'INTERNAL');
    } finally {
      this.#requests.delete(id);
    }
  }

  async #ask(request: Request, signal: AbortSignal): Promise<unknown> {
    if (request.name === 'token') {
      const token: unknown = await this.#given.token({ reason: request.reason, signal });
      if (typeof token !== 'string' || token === '') throw new ParleyError('UNAUTHENTICATED');
      return token;
    }
    const { link } = request;
    const kind = Object.hasOwn(this.#given.host, link.kind) ? this.#given.host[link.kind] : undefined;
    if (request.name === 'open') {
      if (!kind?.open) throw new ParleyError('NOT_FOUND');
      await kind.open(link);
      return null;
    }
    const resolved = readResolved(await kind?.resolve?.(link));
    if (!resolved) throw new ParleyError('NOT_FOUND');
    return resolved;
  }

  #current(): Current {
    return Object.fromEntries(Object.entries(this.#given.host).map(([kind, host]) => [kind, currentOf(() => host.getCurrent?.() ?? null)]));
  }

  #refuse(id: number, code: ErrorCode): void {
    this.#post({ type: 'answer', id, ok: false, code });
  }

  #post(said: FromOuter): void {
    this.#port.post(message(said));
  }
}

function offerOf(host: HostKind): KindOffer {
  const { noun, icon } = host;
  return {
    ...(noun === undefined ? {} : { noun }),
    ...(icon === undefined ? {} : { icon }),
    resolves: host.resolve !== undefined,
    opens: host.open !== undefined,
  };
}

/** A host that cannot say has nothing open. */
function currentOf(ask: () => ContextLink | null): ContextLink | null {
  try {
    return readLink(ask());
  } catch {
    return null;
  }
}
