import type { ReactiveControllerHost } from 'lit';
import type { DirectoryGroup, DirectoryQuery, Parley, Person } from '#sdk';

/** The ways to find whom to invite (E24). */
export const WAYS = [
  { way: 'all', words: 'conferenceAll' },
  { way: 'name', words: 'conferenceBy_name' },
  { way: 'title', words: 'conferenceBy_title' },
  { way: 'organisation', words: 'conferenceBy_organisation' },
  { way: 'email', words: 'conferenceBy_email' },
  { way: 'phone', words: 'conferenceBy_phone' },
  { way: 'group', words: 'conferenceByGroup' },
] as const;
export type Way = (typeof WAYS)[number]['way'];

/** Typing is asked about when it rests. ms */
const REST = 200;

/** Whom the wizard offers: pages of the directory, newest question wins. */
export class InviteSearch {
  way: Way = 'all';
  text = '';
  /** The group that was chosen; empty while one is being looked for. */
  group = '';
  people: readonly Person[] = [];
  groups: readonly DirectoryGroup[] = [];
  state: 'asking' | 'done' | 'failed' = 'asking';

  readonly #host: ReactiveControllerHost & { readonly client: Parley | null };
  #next: string | null = null;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & { readonly client: Parley | null }) {
    this.#host = host;
  }

  get more(): boolean {
    return this.#next !== null;
  }

  start(): void {
    // The element knows its client once it is in the document.
    void this.#host.updateComplete.then(() => this.#ask());
  }

  by(way: Way): void {
    Object.assign(this, { way, text: '', group: '' });
    void this.#ask();
  }

  seek(text: string): void {
    Object.assign(this, { text, group: '' });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), REST);
  }

  inGroup(id: string): void {
    this.group = id;
    void this.#ask();
  }

  showMore(): void {
    if (this.#next !== null) void this.#ask(this.#next);
  }

  async #ask(after?: string): Promise<void> {
    const directory = this.#host.client?.session?.directory;
    if (!directory) return;
    const asked = ++this.#asked;
    this.state = 'asking';
    if (after === undefined) Object.assign(this, { people: [], groups: [] });
    this.#next = null;
    this.#host.requestUpdate();
    try {
      if (this.way === 'group' && this.group === '') {
        const { groups } = await directory.searchAll(this.text);
        if (asked !== this.#asked) return;
        this.groups = groups;
      } else {
        const { people, next } = await directory.browse(this.#query(after));
        if (asked !== this.#asked) return;
        this.people = [...this.people, ...people];
        this.#next = next;
      }
      this.state = 'done';
    } catch {
      if (asked === this.#asked) this.state = 'failed';
    }
    this.#host.requestUpdate();
  }

  #query(after: string | undefined): DirectoryQuery {
    const page = after === undefined ? {} : { after };
    if (this.way === 'all') return page;
    if (this.way === 'group') return { group: this.group, ...page };
    const contains = this.text.trim();
    return contains === '' ? page : { field: this.way, contains, ...page };
  }
}
