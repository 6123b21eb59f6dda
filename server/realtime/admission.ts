import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { ParleyError } from '#protocol';

export interface AdmissionOptions {
  origins: readonly string[];
  nativeClients: boolean;
  /** Proxies in front that are ours. */
  trustProxy: number;
  /** Connections of one address that have not shown a token yet. */
  pendingConnections: number;
  /** Refused tokens of one address a minute; 0: no limit. */
  rateRefusals: number;
}

/** Who may open a connection at all, before anything is known of the user. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #origins: ReadonlySet<string>;
  readonly #pending = new Map<string, number>();
  readonly #refusals: RateLimiterMemory | undefined;
  #open = true;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#origins = new Set(options.origins);
    if (options.rateRefusals > 0) this.#refusals = new RateLimiterMemory({ points: options.rateRefusals, duration: 60 });
  }

  /** Why a handshake over either transport is refused; null when it may go on (attacks 11, 14, 16). */
  refuses(request: IncomingMessage): 'closing' | 'origin' | 'protocol' | 'token-in-address' | 'too-many' | null {
    if (!this.#open) return 'closing';
    if (this.isForeign(request)) return 'origin';
    // Engine.IO answers an old polling client itself; an old WebSocket it would accept before it looks (attack 15).
    if (request.headers.upgrade !== undefined && !/[?&]EIO=4(?:&|$)/.test(request.url ?? '')) return 'protocol';
    // Addresses are written to the logs of every proxy on the way.
    if (/[?&](?:access_)?token=/i.test(request.url ?? '')) return 'token-in-address';
    if ((this.#pending.get(this.addressOf(request)) ?? 0) >= this.#options.pendingConnections) return 'too-many';
    return null;
  }

  /** Sent by a page that is none of the hosts', or by no page where only pages are let in. */
  isForeign({ headers: { origin } }: IncomingMessage): boolean {
    return origin === undefined ? !this.#options.nativeClients : !this.#origins.has(origin);
  }

  /** The client's address as our own outermost proxy saw it; what stands before it in the header anybody can write (attack 20). */
  addressOf(request: IncomingMessage): string {
    const direct = request.socket.remoteAddress ?? '';
    if (this.#options.trustProxy === 0) return direct;
    const header = request.headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => hop.trim());
    return hops.at(-this.#options.trustProxy) || direct;
  }

  /** A connection without a token, until the function is called. */
  pending(address: string): () => void {
    this.#pending.set(address, (this.#pending.get(address) ?? 0) + 1);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      const left = (this.#pending.get(address) ?? 1) - 1;
      if (left > 0) this.#pending.set(address, left);
      else this.#pending.delete(address);
    };
  }

  /** Before a token is checked: checking costs more than anything else that a stranger can ask for. */
  async checkRefusals(address: string): Promise<void> {
    const state = await this.#refusals?.get(address);
    if (state && state.remainingPoints <= 0) throw new ParleyError('RATE_LIMITED', undefined, state.msBeforeNext);
  }

  /** Checks a token that is shown outside of a handshake, under the limit that holds for handshakes. */
  async check<T>(address: string, verify: () => Promise<T>): Promise<T> {
    await this.checkRefusals(address);
    try {
      return await verify();
    } catch (error) {
      if (error instanceof ParleyError && error.code === 'UNAUTHENTICATED') this.countRefusal(address);
      throw error;
    }
  }

  countRefusal(address: string): void {
    // It rejects when the limit is passed, which the next check says.
    this.#refusals?.consume(address).catch(() => undefined);
  }

  /** No new connection from now on. */
  close(): void {
    this.#open = false;
  }
}
