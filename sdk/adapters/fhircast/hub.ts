// By its path: what stands here runs in a browser as it is, without a bundler that knows the name.
import { ParleyError, type ErrorCode } from '../../protocol/errors.js';
import type { FhircastEnvironment } from './environment.js';
import { isObject, member } from './frames.js';

/** ms until an answer is given up. */
const PATIENCE = 15_000;
/** Characters of an answer; it holds one address. */
const LONGEST = 65_536;

/** What to think of a status of the hub; whatever else is below 500 is refused for good. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'ROLE_FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'UNAVAILABLE',
  425: 'UNAVAILABLE',
  429: 'RATE_LIMITED',
};

export interface HubOptions {
  hub: string;
  token: (() => string | Promise<string>) | undefined;
  environment: FhircastEnvironment;
}

/** The hub's HTTP side. Rejects with a `ParleyError`; `retryable` says whether the same may succeed later. */
export class Hub {
  readonly #address: URL;
  readonly #options: HubOptions;

  constructor(options: HubOptions) {
    if (typeof options.hub !== 'string' || !URL.canParse(options.hub)) throw new ParleyError('INVALID', 'hub is not an address');
    this.#address = new URL(options.hub);
    if (!isSafe(this.#address)) throw new ParleyError('INVALID', 'hub is neither https nor on this machine');
    this.#options = options;
  }

  /** The address of the WebSocket. */
  async subscribe(form: Readonly<Record<string, string>>): Promise<string> {
    const text = await this.#post('application/x-www-form-urlencoded', new URLSearchParams(form).toString());
    const endpoint = endpointIn(text);
    // Nobody may lead the events, or the acknowledgements, past TLS.
    if (endpoint === null || !isSafe(endpoint, this.#address))
      throw new ParleyError('INTERNAL', 'the hub gave no address that can be used');
    return endpoint.href;
  }

  async unsubscribe(form: Readonly<Record<string, string>>): Promise<void> {
    await this.#post('application/x-www-form-urlencoded', new URLSearchParams(form).toString());
  }

  async publish(notification: unknown): Promise<void> {
    await this.#post('application/json', JSON.stringify(notification));
  }

  /** What is open, as text; a hub need not know how to answer. */
  context(topic: string): Promise<string> {
    const address = new URL(this.#address);
    address.pathname = `${address.pathname.replace(/\/$/, '')}/${encodeURIComponent(topic)}`;
    return this.#ask(address, { method: 'GET' });
  }

  async #post(type: string, body: string): Promise<string> {
    const text = await this.#ask(this.#address, { method: 'POST', headers: { 'content-type': type }, body });
    return text.slice(0, LONGEST);
  }

  async #ask(address: URL, request: { method: string; headers?: Record<string, string>; body?: string }): Promise<string> {
    const { environment, token } = this.#options;
    const abort = new AbortController();
    const stop = environment.later(PATIENCE, () => abort.abort());
    try {
      const authorization = token ? { authorization: `Bearer ${await token()}` } : {};
      const response = await environment.fetch(address.href, {
        ...request,
        headers: { ...request.headers, accept: 'application/json', ...authorization },
        signal: abort.signal,
        // The token is for this address and no other, and nothing of the page goes with it.
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      });
      if (!response.ok) throw refusal(response);
      return await response.text();
    } catch (error) {
      if (error instanceof ParleyError) throw error;
      throw new ParleyError(abort.signal.aborted ? 'TIMEOUT' : 'OFFLINE', 'the hub did not answer');
    } finally {
      stop();
    }
  }
}

function refusal({ status, headers }: Response): ParleyError {
  const code = CODES[status] ?? (status >= 500 ? 'UNAVAILABLE' : 'INVALID');
  const seconds = Number(headers.get('retry-after'));
  return new ParleyError(code, `the hub answered ${status}`, seconds > 0 && seconds < 86_400 ? seconds * 1_000 : undefined);
}

function endpointIn(text: string): URL | null {
  try {
    const answer: unknown = JSON.parse(text);
    const endpoint = isObject(answer) ? member(answer, 'hub.channel.endpoint') : undefined;
    return typeof endpoint === 'string' ? new URL(endpoint) : null;
  } catch {
    return null;
  }
}

/** TLS, or this very machine, as for a hub on the workstation; a hub with TLS leads to nothing without. */
function isSafe(address: URL, hub?: URL): boolean {
  if (/^(?:https|wss):$/.test(address.protocol)) return (address.protocol === 'wss:') === (hub !== undefined);
  if (address.protocol !== (hub ? 'ws:' : 'http:') || hub?.protocol === 'https:') return false;
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(address.hostname);
}
