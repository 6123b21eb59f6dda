import { BehaviorSubject, distinctUntilChanged, Observable } from 'rxjs';
import type { Conversation, Invitation, SessionInfo, Settings } from '#protocol';
import type { Notice, NoticesStore } from '../api.js';
import type { OtherTabs, PageMemory, TabsOfUser } from '../environment.js';

/** A conversation rings at most once in this time (reliability 6.6). ms */
const QUIET = 10_000;
/** Who writes in the chat just then has read it by now: nothing rings for what is read at once. ms */
const READ_AT_ONCE = 250;
/** Code points of a message that are shown outside the panel. */
const PREVIEW = 140;

export interface NoticesSources {
  readonly list$: Observable<readonly Conversation[]>;
  readonly invitations$: Observable<readonly Invitation[]>;
  readonly settings$: Observable<Settings>;
  readonly info$: Observable<SessionInfo>;
  /** The first snapshot has come. */
  readonly loading$: Observable<boolean>;
  readonly tabs: TabsOfUser;
  readonly memory: PageMemory;
  later(ms: number, act: () => void): () => void;
}

/**
 * What the person should notice: derived from what is unread and unanswered, never stored, so it goes when it is read on any device.
 * Only "not now" (`dismiss`) is this browser's own, and its other tabs are told.
 */
export class Notices implements NoticesStore {
  readonly pending$: Observable<readonly Notice[]>;
  readonly rings$: Observable<Notice>;

  readonly #sources: NoticesSources;
  readonly #pending = new BehaviorSubject<readonly Notice[]>([]);
  readonly #listeners = new Set<(notice: Notice) => void>();
  readonly #dismissed = new Set<string>();
  /** What has rung, or was there before: the newest id of each conversation. */
  readonly #rung = new Map<string, string>();
  readonly #stop: { unsubscribe(): void }[];
  #others: OtherTabs | null = null;
  #conversations: readonly Conversation[] = [];
  #invitations: readonly Invitation[] = [];
  #settings: Settings | null = null;
  #info: SessionInfo | null = null;
  #loaded = false;
  /** Under which name this browser tab remembers what has rung, so that a page change of the host does not ring again (B1). */
  #key = '';
  /** What is not newer rang on the page before. UTC, ms */
  #rungBefore = 0;
  #newest = 0;

  constructor(sources: NoticesSources) {
    this.#sources = sources;
    this.pending$ = this.#pending.pipe(distinctUntilChanged());
    this.rings$ = new Observable((subscriber) => {
      const listener = (notice: Notice) => subscriber.next(notice);
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    });
    this.#stop = [
      sources.info$.subscribe((info) => this.#began(info)),
      sources.settings$.subscribe((settings) => this.#look((this.#settings = settings))),
      sources.list$.subscribe((list) => this.#look((this.#conversations = list))),
      sources.invitations$.subscribe((list) => this.#look((this.#invitations = list))),
      sources.loading$.subscribe((loading) => this.#look((this.#loaded = !loading))),
    ];
  }

  dismiss(id: string): void {
    this.#dismissed.add(id);
    this.#others?.tell(id);
    this.#look();
  }

  /** `locked`: the same person comes back, and what has rung does not ring again. */
  dispose(locked?: boolean): void {
    for (const one of this.#stop) one.unsubscribe();
    if (this.#key !== '' && !locked) this.#sources.memory.set(this.#key, null);
    this.#others?.close();
    this.#others = null;
    this.#listeners.clear();
    this.#pending.next([]);
    this.#pending.complete();
  }

  #began(info: SessionInfo): void {
    this.#info = info;
    if (this.#key === '') {
      this.#key = `parley rung ${JSON.stringify([info.tenant, info.user.id])}`;
      this.#rungBefore = this.#newest = Number(this.#sources.memory.get(this.#key)) || 0;
    }
    this.#others ??= this.#sources.tabs.join(`parley ${JSON.stringify([info.tenant, info.user.id])}`, (id) => {
      this.#dismissed.add(id);
      this.#look();
    });
    this.#look();
  }

  /** Looks at everything anew; the argument is what has just been set. */
  #look(_changed?: unknown): void {
    if (!this.#loaded || !this.#info) return;
    const all = [...this.#conversations.flatMap((one) => this.#ofMessage(one)), ...this.#invitations.map(ofInvitation)];
    // Who wants not to be disturbed is not reminded of what came before, either (S6); it is there again afterwards.
    const quiet = this.#settings?.availability === 'dnd';
    const pending = quiet ? [] : all.filter(({ id }) => !this.#dismissed.has(id)).sort((a, b) => b.at - a.at);
    const before = this.#pending.value;
    if (pending.map(key).join() !== before.map(key).join()) this.#pending.next(pending);
    for (const notice of all) {
      if (this.#rung.get(notice.conversation) === notice.id) continue;
      this.#rung.set(notice.conversation, notice.id);
      if (notice.at <= this.#rungBefore) continue;
      this.#newest = Math.max(this.#newest, notice.at);
      this.#sources.memory.set(this.#key, String(this.#newest));
      this.#sources.later(READ_AT_ONCE, () => void this.#ring(notice));
    }
  }

  async #ring(notice: Notice): Promise<void> {
    const waits = () => this.#pending.value.some(({ id }) => id === notice.id);
    if (waits() && (await this.#others?.claim(notice.conversation, QUIET)) && waits())
      for (const ring of [...this.#listeners]) ring(notice);
  }

  /** A chat that was ended, or that one has left, is history: it asks for nothing (E6). */
  #ofMessage({ id, kind, unread, last, active, ended }: Conversation): Notice[] {
    if (unread === 0 || !last || !active || ended || last.author === this.#info?.user.id || last.body.kind !== 'message') return [];
    const group = kind === 'group';
    const notice: Notice = { id: `${id}:${last.seq}`, type: 'message', conversation: id, from: last.author, at: last.at, group };
    const shown = this.#info?.policies.previewText && this.#settings?.previewText;
    return [shown ? { ...notice, text: [...last.body.text].slice(0, PREVIEW).join('') } : notice];
  }
}

function ofInvitation({ conversation, inviter, at }: Invitation): Notice {
  return { id: `${conversation}:invited:${at}`, type: 'invitation', conversation, from: inviter, at };
}

const key = ({ id, text }: Notice): string => `${id} ${text ?? ''}`;
