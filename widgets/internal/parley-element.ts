import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Parley, SessionInfo } from '#sdk';
import { CLIENT_SOURCE, type ClientSource, type ClientState, findSource, said, SESSION_CHANGE } from './client-source.js';
import { type Definable, defineAll, VERSION } from './define.js';
import { fire } from './events.js';
import { type HotkeyPolicy, KeyIsolation } from './key-isolation.js';
import { type Localisation, localisationOf } from './localisation.js';
import { StoreController } from './store-controller.js';
import { warnOnce } from './warn.js';

const NOTHING: ClientState = { client: null, localisation: null };

/**
 * Base of every element with a face: finds its client, speaks the reader's language, and keeps keys to itself.
 *
 * An element placed before its session is defined, or before it has a client, connects when that comes. A move in the DOM is not a goodbye:
 * what was found is given up only when the element is still out of the document one microtask later.
 *
 * Properties are declared in `static properties` and not by decorators: every page of a host pays for these classes, and a decorated one is
 * 40 % larger. Fields are assigned, not defined (tsconfig.json), so they do not shadow the accessors.
 *
 * @cssproperty [--parley-surface=#ffffff] - Colour of what panels and menus lie on.
 * @cssproperty [--parley-raised=#f5f7fa] - Colour of headers, lists and bars.
 * @cssproperty [--parley-sunken=#eceff3] - Colour of what lies deeper than the surface.
 * @cssproperty [--parley-line=#d5dbe3] - Colour of lines between things.
 * @cssproperty [--parley-edge=#7f8b99] - Colour of borders of fields and buttons.
 * @cssproperty [--parley-ink=#1b2430] - Colour of text.
 * @cssproperty [--parley-ink-2=#55616f] - Colour of text of less weight.
 * @cssproperty [--parley-accent=#0b62c4] - Colour of buttons, the focus, what is chosen.
 * @cssproperty [--parley-on-accent=#ffffff] - Colour of text on the accent.
 * @cssproperty [--parley-link=#0b57b0] - Colour of links.
 * @cssproperty [--parley-bubble=#f0f3f6] - Colour of messages of others.
 * @cssproperty [--parley-own=#e3effc] - Colour of own messages.
 * @cssproperty [--parley-unread=#dcebff] - Colour of chats with unread messages.
 * @cssproperty [--parley-ok=#1b7f3b] - Colour of what went well.
 * @cssproperty [--parley-warn=#8a5a00] - Colour of what wants care.
 * @cssproperty [--parley-bad=#b3261e] - Colour of what went wrong.
 * @cssproperty [--parley-radius=6px] - Roundness of buttons, fields and entries.
 * @cssproperty [--parley-radius-large=10px] - Roundness of cards, menus and dialogs.
 * @cssproperty [--parley-density=1] - Room around messages and in lists: 0.5 is compact, 1.25 comfortable.
 * @cssproperty --parley-elevation - Shadow of what lies over the page.
 * @cssproperty [--parley-font-size=14px] - Size of text.
 * @cssproperty [--parley-font-family=inherit] - Font.
 */
export class ParleyElement extends LitElement implements ClientSource {
  /** Which version of Parley defined it. */
  static readonly version: string = VERSION;

  /** Parley elements that its templates name: they are defined when the first one is made, also of a host's own subclass. */
  static readonly parts?: readonly Definable[];
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    session: {},
    hotkeys: {},
    theme: { reflect: true },
  };

  /** Elements with text to edit or scroll also keep pasting, dropping, context menus and the wheel from the host. */
  protected static readonly keepsEditing: boolean = false;

  /** The client to use; only needed where there is no session element. Reading it gives the one that was found, or null. */
  get client(): Parley | null {
    return this.#given ?? this.#found.client;
  }
  set client(value: Parley | null) {
    this.#given = value ?? null;
    this.#changed();
  }

  /** The id of the session element that this one belongs to; without it the nearest around it, or the only one of the page. */
  session = '';

  /** What the host's key listeners see of keys typed in here: `isolate`, `pass` or `all`. */
  hotkeys: HotkeyPolicy = 'isolate';

  /** `light`, `dark`, or `auto` for what the system prefers; without it the page's own `color-scheme` at this place. */
  theme?: 'light' | 'dark' | 'auto';

  /** Only of what the host placed: what is inside of it goes with it. */
  readonly #tenant = new StoreController<SessionInfo | null>(
    this,
    (client) => (this.outermost ? client.select((session) => session.info$, null) : null),
    null,
  );
  #given: Parley | null = null;
  #found: ClientState = NOTHING;
  #source: ClientSource | null = null;
  #unfollow: (() => void) | undefined;
  readonly #followers = new Set<(state: ClientState) => void>();

  /** Whether `dir` was put here for the language, and not by the page. */
  #directed = false;
  readonly #translated = (): void => {
    this.#changed();
    this.requestUpdate();
  };

  /** What was found is kept while it is there: a second session that comes later takes no element away from the first. */
  readonly #lookAgain = (): void => {
    if (!(this.#source instanceof Element && this.#source.isConnected)) this.#find();
  };

  constructor() {
    super();
    defineAll((this.constructor as typeof ParleyElement).parts);
  }

  /** The reader's language, clock and words. */
  get localisation(): Localisation {
    if (this.#found.localisation) return this.#found.localisation;
    const own = localisationOf(said(this, 'lang'));
    own.whenOutdated(this.#translated);
    return own;
  }

  /** Text in the reader's language. */
  readonly text: Localisation['text'] = (key, ...values) => this.localisation.text(key, ...values);

  [CLIENT_SOURCE](follow: (state: ClientState) => void): () => void {
    this.#followers.add(follow);
    follow(this.#state());
    return () => this.#followers.delete(follow);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ownerDocument.addEventListener(SESSION_CHANGE, this.#lookAgain);
    this.#find();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.ownerDocument.removeEventListener(SESSION_CHANGE, this.#lookAgain);
    queueMicrotask(() => {
      if (!this.isConnected) this.#take(null);
    });
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('session') && this.hasUpdated) this.#find();
  }

  protected override update(changed: PropertyValues): void {
    this.#direct();
    this.toggleAttribute('off', this.off);
    super.update(changed);
  }

  /** The tenant has switched the chat off: nothing is shown, whatever the element (E1). */
  protected get off(): boolean {
    return this.#tenant.value?.policies.enabled === false;
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    new KeyIsolation(this, root, (this.constructor as typeof ParleyElement).keepsEditing);
    for (const type of ['focusin', 'focusout'] as const) root.addEventListener(type, (event) => this.#focusMoved(event as FocusEvent));
    return root;
  }

  /** Whether the host placed it, and not another Parley element. */
  get outermost(): boolean {
    const root = this.getRootNode();
    return !(root instanceof ShadowRoot && CLIENT_SOURCE in root.host);
  }

  /** Where the page says no direction, that of the reader's language holds; inner elements inherit it. */
  #direct(): void {
    const wanted = this.outermost && this.localisation.direction === 'rtl' && said(this.#directed ? this.parentNode : this, 'dir') === '';
    if (wanted === this.#directed) return;
    this.#directed = wanted;
    if (wanted) this.dir = 'rtl';
    else this.removeAttribute('dir');
  }

  #focusMoved({ type, relatedTarget: other }: FocusEvent): void {
    if (other instanceof Node && (this.renderRoot.contains(other) || this.contains(other))) return;
    const left = type === 'focusout';
    if (this.outermost) fire(this, left ? 'parley-focus-leave' : 'parley-focus-enter', {});
  }

  #find(): void {
    this.#take(
      findSource(this, this.session, () => {
        if (this.#given === null) warnOnce(`<${this.localName}> is beside several sessions; give it session="id".`);
      }),
    );
  }

  #take(source: ClientSource | null): void {
    if (source === this.#source) return;
    this.#unfollow?.();
    this.#source = source;
    this.#unfollow = source?.[CLIENT_SOURCE]((state) => this.#receive(state));
    if (source === null) this.#receive(NOTHING);
  }

  #receive(state: ClientState): void {
    this.#found = state;
    this.#changed();
    this.requestUpdate();
  }

  #changed(): void {
    for (const follow of this.#followers) follow(this.#state());
  }

  #state(): ClientState {
    return { client: this.client, localisation: this.localisation };
  }
}
