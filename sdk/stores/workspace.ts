import { conversationId } from '#protocol';
import type { PageMemory } from '../environment.js';
import { Store } from './store.js';

/** Tabs at most: what a strip can show and a person can oversee. The one that was opened first makes room. */
const MOST = 20;

interface State {
  tabs: readonly string[];
  open: string | null;
  panelOpen: boolean;
}

const NOTHING: State = { tabs: [], open: null, panelOpen: false };

/**
 * What a person has open: chats as tabs (B36), the one that is shown, and the panel itself. It survives the host's page changes (B1) in the
 * memory of this browser tab, which keeps ids and never a name or a word: a workstation is shared. Memory that is refused or full is a
 * convenience lost and nothing more.
 */
export class Workspace extends Store<State> {
  readonly tabs$ = this.select(({ tabs }) => tabs);
  readonly open$ = this.select(({ open }) => open);
  readonly panelOpen$ = this.select(({ panelOpen }) => panelOpen);

  readonly #memory: PageMemory;
  #key = '';

  constructor(memory: PageMemory) {
    super(NOTHING);
    this.#memory = memory;
  }

  get tabs(): readonly string[] {
    return this.state.tabs;
  }

  /** Who it is, is known: what was open on the page before is open again. Once. */
  begin(tenant: string, user: string): void {
    if (this.#key !== '') return;
    this.#key = `parley ${JSON.stringify([tenant, user])}`;
    // What was opened before this moment was opened on this page.
    if (this.state === NOTHING) this.update(remembered(this.#memory.get(this.#key)));
  }

  open(id: string | null, background = false): void {
    const shown = background ? this.state.open : id;
    const tabs = id === null || this.tabs.includes(id) ? this.tabs : [...this.tabs, id];
    const oldest = tabs.length > MOST ? tabs.find((tab) => tab !== shown) : undefined;
    this.#change({ tabs: oldest === undefined ? tabs : tabs.filter((tab) => tab !== oldest), open: shown });
  }

  /** The neighbour comes forward: the one after it, or else the one before. */
  close(id: string): void {
    const at = this.tabs.indexOf(id);
    if (at < 0) return;
    const tabs = this.tabs.filter((tab) => tab !== id);
    this.#change({ tabs, open: this.state.open === id ? (tabs[at] ?? tabs.at(-1) ?? null) : this.state.open });
  }

  setPanelOpen(panelOpen: boolean): void {
    if (panelOpen !== this.state.panelOpen) this.#change({ panelOpen });
  }

  /** The session is over: the next person at this screen finds nothing of it. */
  override dispose(): void {
    if (this.#key !== '') this.#memory.set(this.#key, null);
    this.#key = '';
    super.dispose();
  }

  #change(change: Partial<State>): void {
    this.update(change);
    if (this.#key !== '') this.#memory.set(this.#key, JSON.stringify(this.state));
  }
}

/** Anything of the page may have written there: what is not exactly this is nothing. */
function remembered(text: string | null): State {
  try {
    const { tabs, open, panelOpen } = JSON.parse(text ?? 'null') as Record<keyof State, unknown>;
    const ids = (Array.isArray(tabs) ? tabs : []).filter((id): id is string => conversationId.safeParse(id).success);
    const known = [...new Set(ids)].slice(-MOST);
    return { tabs: known, open: known.find((id) => id === open) ?? null, panelOpen: panelOpen === true };
  } catch {
    return NOTHING;
  }
}
