/** A refusal of the server, with its code. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** What a token says of its bearer. It is shown, and decides nothing: the server reads the token itself, at every request. */
export interface Bearer {
  tenant: string;
  name: string;
  /** ms UTC. */
  endsAt: number;
}

/** @throws Error when it is no token. */
export function readToken(token: string): Bearer {
  const [, payload = '', signature = ''] = token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  const claims = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<string, unknown>>;
  const { tenant, name, exp } = claims;
  if (signature === '' || typeof tenant !== 'string' || typeof name !== 'string' || typeof exp !== 'number') throw new Error('no token');
  return { tenant, name, endsAt: exp * 1_000 };
}

/** The API of this server, asked with one token. It is kept here and nowhere else: who loads the page anew shows it anew. */
export class Api {
  readonly #token: string;
  readonly #refused: () => void;

  /** `refused` is called when the server takes the token no more. */
  constructor(token: string, refused: () => void) {
    this.#token = token;
    this.#refused = refused;
  }

  /** @throws Refusal */
  async ask<T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<T> {
    let response: Response;
    try {
      response = await fetch(`/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        credentials: 'omit',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
    } catch {
      throw new Refusal('UNAVAILABLE', 'The server does not answer.');
    }
    const answer = (await response.json().catch(() => ({}))) as { error?: { code: string; message: string } };
    if (response.ok) return answer as T;
    const { code, message } = answer.error ?? { code: 'INTERNAL', message: `The server answered ${response.status}.` };
    if (response.status === 401) this.#refused();
    throw new Refusal(code, message);
  }
}

/** What a person can do about it. */
export function inWords(error: unknown, scope: string): string {
  if (!(error instanceof Refusal)) return 'Something went wrong in this page. Load it anew.';
  if (error.code === 'ROLE_FORBIDDEN') return `Your token does not have the right ${scope}.`;
  return error.message;
}
