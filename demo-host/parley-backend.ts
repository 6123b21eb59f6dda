import { mintToken } from 'parley-chat/server';
import type { DemoPolicies } from './policies.js';
import type { TenantId } from './tenants.js';

/** What a token of the host's back end may be for. */
export type ServerScope = 'parley:directory' | 'parley:policies' | 'parley:phone';

export interface PhoneState {
  user: string;
  state: 'idle' | 'ringing' | 'on-call' | 'hold' | 'unknown';
  /** Seconds after which nobody may rely on it. */
  expiresIn: number;
}

/** The Parley server said no to the host's back end. */
export class BackendRefused extends Error {
  readonly status: number;

  constructor(what: string, status: number, said: string) {
    super(`${what} was refused: ${String(status)} ${said}`);
    this.name = 'BackendRefused';
    this.status = status;
  }
}

/** What the host's back end asks of the Parley server, with a short-lived token for one tenant and one purpose each time. */
export class ParleyBackend {
  readonly #parley: string;
  readonly #secret: string;

  constructor(parley: string, secret: string) {
    this.#parley = parley;
    this.#secret = secret;
  }

  async importUsers(tenant: TenantId, users: readonly { id: string; name: string }[]): Promise<void> {
    await this.#ask(tenant, 'parley:directory', 'POST', 'users/import', { users });
  }

  async put(tenant: TenantId, scope: ServerScope, path: string, body: object): Promise<void> {
    await this.#ask(tenant, scope, 'PUT', path, body);
  }

  async policies(tenant: TenantId): Promise<DemoPolicies> {
    return (await this.#ask(tenant, 'parley:policies', 'GET', 'policies')) as DemoPolicies;
  }

  /** Changes what is given and leaves the rest. */
  async changePolicies(tenant: TenantId, change: Partial<DemoPolicies>): Promise<void> {
    await this.#ask(tenant, 'parley:policies', 'PUT', 'policies', change);
  }

  async phoneStates(tenant: TenantId, states: readonly PhoneState[]): Promise<void> {
    await this.#ask(tenant, 'parley:phone', 'POST', 'phone-state', { states });
  }

  async #ask(tenant: TenantId, scope: ServerScope, method: string, path: string, body?: object): Promise<unknown> {
    const token = await mintToken({ secret: this.#secret, sub: 'demo-host', tenant, name: 'Demo host', scope, lifetime: 60 });
    const response = await fetch(`${this.#parley}/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await response.text();
    if (!response.ok) throw new BackendRefused(`${method} ${path} for ${tenant}`, response.status, text);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }
}
