import { css, type PropertyDeclarations, type PropertyValues, ReactiveElement } from 'lit';
import { createParley, type HostContext, type Parley, ParleyError, type Session, type Settings, type TokenProvider } from '#sdk';
import { CLIENT_SOURCE, type ClientSource, type ClientState, said, SESSION_CHANGE } from '../internal/client-source.js';
import { VERSION } from '../internal/define.js';
import { fire } from '../internal/events.js';
import { Localisation } from '../internal/localisation.js';
import type { Messages } from '../internal/messages/en.js';
import type { HourCycle } from '../internal/time.js';
import { warnOnce } from '../internal/warn.js';
import { Duties } from './duties.js';

/**
 * @summary The signed-in user's connection, for all Parley elements around and beside it. Shows nothing.
 *
 * Connects by itself once `server` and `token` are set, in whatever order and before or after it is defined. Taken out of the document it
 * ends the session; moved within it, it goes on. Longer than most files: here is each word that a host can say to it.
 *
 * @slot - The application, when the session is to be nearest for a part of a page only.
 * @event parley-session-change - Somebody signed in or out, or the element came or went. Detail: `{ user }`.
 * @event parley-unread-change - The number of unread messages over all chats. Detail: `{ unread }`.
 * @event parley-lock-change - It was locked or is no more, here or in another tab of the same user. Detail: `{ locked }`.
 * @event parley-user-confirm - Somebody is back after `confirm-after`. Cancel it to find out who: the chat is locked until `unlock()`,
 *   `switchUser()` or `end()`. Detail: `{ user, idle }`, idle in ms.
 * @event parley-notice - Something rings: a message or an invitation came. In one tab only, and once in ten seconds for a conversation. Detail:
 *   `{ type, conversation, from, at }`, at in ms UTC.
 */
export class SessionElement extends ReactiveElement implements ClientSource {
  static readonly tag = 'session';
  /** Which version of Parley defined it. */
  static readonly version: string = VERSION;
  static override styles = css`
    :host {
      display: contents;
    }
  `;
  static override properties: PropertyDeclarations = {
    server: {},
    token: { attribute: false },
    host: { attribute: false },
    locale: {},
    timeZone: { attribute: 'time-zone' },
    hourCycle: { attribute: 'hour-cycle' },
    messages: { attribute: false },
    idleAfter: { attribute: 'idle-after', type: Number },
    keepTitle: { attribute: 'keep-title', type: Boolean },
    confirmAfter: { attribute: 'confirm-after', type: Number },
    manual: { type: Boolean },
    client: { attribute: false },
  };

  /** Address of the Parley server, such as `https://chat.hospital.example`. */
  server = '';

  /** Gives a token of the signed-in user; asked at connect, before the token ends and after a refusal. Call `switchUser()` for another user. */
  token: TokenProvider | null = null;

  /** How the host's items are known, linked and opened, by kind. */
  host: HostContext = {};

  /**
   * The reader's language as a BCP 47 tag; without it the nearest `lang`, else the browser's. English, German, French, Spanish and Arabic
   * come with Parley.
   */
  locale = '';

  /** An IANA zone such as `Europe/Vienna`; without it the browser's. */
  timeZone = '';

  /** `h23`, `h12`, or `auto` as usual in the language; without it what the person has chosen, at first 24 hours (E12). */
  hourCycle: HourCycle | '' = '';

  /** Texts of the host or of another language; what is missing is said in the reader's if Parley has it, else in English. */
  messages: Partial<Messages> = {};

  /** Minutes without a sign of work in the page until the person counts as inactive; without it what the person has chosen (S8). */
  idleAfter: number | null = null;

  /** The window's title is the host's alone: "Unread messages" does not blink in it (B24). */
  keepTitle = false;

  /** After how many ms without a sign of work in the page `parley-user-confirm` asks who is back; 0 for never (reliability 6.3). */
  confirmAfter = 600_000;

  /** Waits for `connect()`. */
  manual = false;

  #given: Parley | null = null;
  #created: Parley | null = null;
  #duties: Duties | null = null;
  #localisation: Localisation | null = null;
  readonly #followers = new Set<(state: ClientState) => void>();
  readonly #translated = (): void => {
    this.#localisation = null;
    this.#tell();
  };

  /** The SDK's handle: yours when you set one, else the one made from `server` and `token`; null while these are missing. */
  get client(): Parley | null {
    return this.#given ?? this.#created ?? this.#create();
  }
  set client(value: Parley | null) {
    this.#given = value ?? null;
    if (this.#given !== null) this.#disposeCreated();
  }

  /** The reader's language, clock and words. */
  get localisation(): Localisation {
    return (this.#localisation ??= this.#localise());
  }

  /** Connects now. Rejects with a `ParleyError` when refused for good, and with `UNAUTHENTICATED` while there is nothing to connect with. */
  connect(): Promise<Session> {
    const { client } = this;
    if (client === null) return Promise.reject(new ParleyError('UNAUTHENTICATED', 'server and token are not set'));
    this.#follow();
    return client.connect();
  }

  /** Ends the user's session, in all their tabs, and starts one for the next: nothing of the previous user remains on the page. */
  async switchUser(token: TokenProvider): Promise<Session> {
    this.token = token;
    const { client } = this;
    if (client === null) throw new ParleyError('UNAUTHENTICATED', 'server is not set');
    this.#follow();
    return client.switchUser(typeof token === 'function' ? this.#asked(token) : token);
  }

  /** Signs out here, and in the other tabs of the same user. `connect()` or `switchUser()` may follow. */
  async end(): Promise<void> {
    await this.#current?.end();
  }

  /**
   * Nobody is at the workstation: everything of the user is gone from the page at once, in all their tabs, until `unlock()`. What they were
   * writing is kept in memory.
   */
  lock(): void {
    this.#current?.lock();
  }

  /** They are back: all is shown again, if the token is the same user's. Rejects with a `ParleyError`, such as `WRONG_USER`. */
  async unlock(): Promise<Session> {
    if (!this.#current) throw new ParleyError('SESSION_ENDED');
    return this.#current.unlock();
  }

  [CLIENT_SOURCE](follow: (state: ClientState) => void): () => void {
    this.#followers.add(follow);
    follow(this.#state());
    return () => this.#followers.delete(follow);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // In the next update the properties set by the page are there; a move in the DOM needs nothing.
    this.requestUpdate();
    fire(this, SESSION_CHANGE, { user: this.#user() });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    const { ownerDocument } = this;
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#stop();
      this.#disposeCreated();
      this.#tell();
      fire(ownerDocument, SESSION_CHANGE, { user: null });
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.ownerDocument.createElement('slot'));
    return root;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (!this.isConnected) return;
    if (changed.has('server') && changed.get('server')) this.#disposeCreated();
    if (['locale', 'timeZone', 'hourCycle', 'messages'].some((name) => changed.has(name))) this.#localisation = null;
    this.#follow();
    if (changed.has('idleAfter')) this.#duties?.watchActivity();
    this.#tell();
    if (!this.manual && this.#created !== null && this.#created.connection.state === 'idle') {
      this.#created.connect().catch((cause: unknown) => {
        if (!(cause instanceof ParleyError) || cause.code !== 'SESSION_ENDED')
          warnOnce(`<${this.localName}> could not connect: ${String(cause)}`);
      });
    }
  }

  /** Asked through the property, so that the host may put another function there, as before `unlock()`. */
  #asked(token: TokenProvider): TokenProvider {
    return (request) => (this.token ?? token)(request);
  }

  #create(): Parley | null {
    const { server, token } = this;
    if (!this.isConnected || server === '' || token === null) return null;
    if (typeof token !== 'function') {
      warnOnce(`<${this.localName}>.token is no function.`);
      return null;
    }
    try {
      this.#created = createParley({ server, token: this.#asked(token) });
    } catch (cause) {
      warnOnce(`<${this.localName}> cannot use server="${server}": ${String(cause)}`);
    }
    return this.#created;
  }

  /** Attaches to the client in use, or to none. */
  #follow(): void {
    const { client } = this;
    if (client !== this.#duties?.client) {
      this.#stop();
      this.#duties = client && new Duties(client, this, (before) => this.#settled(before));
      this.#duties?.start();
    }
    this.#duties?.register(this.host);
  }

  #settled(before: Settings | null): void {
    if (before?.hourCycle !== this.#duties?.settings?.hourCycle) this.#translated();
  }

  #localise(): Localisation {
    const locale = this.locale || said(this, 'lang');
    const localisation = new Localisation(locale, {
      hourCycle: this.hourCycle || (this.#duties?.settings?.hourCycle ?? 'h23'),
      messages: this.messages,
      ...(this.timeZone === '' ? {} : { timeZone: this.timeZone }),
    });
    localisation.whenOutdated(this.#translated);
    return localisation;
  }

  /** Without making one. */
  get #current(): Parley | null {
    return this.#given ?? this.#created;
  }

  #user(): string | null {
    return this.#current?.session?.info.user.id ?? null;
  }

  #state(): ClientState {
    return { client: this.isConnected ? this.client : null, localisation: this.localisation };
  }

  #tell(): void {
    for (const follow of [...this.#followers]) follow(this.#state());
  }

  #stop(): void {
    this.#duties?.stop();
    this.#duties = null;
  }

  #disposeCreated(): void {
    const created = this.#created;
    this.#created = null;
    created?.dispose();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-session': SessionElement;
  }
}
