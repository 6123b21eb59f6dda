import type { Observable } from 'rxjs';
import type { ContextLink } from '#protocol';
import type { CallContext } from '../api.js';

/** How the host's items are known, linked and opened, by kind. */
export interface HostContext {
  [kind: string]: HostKind;
}

export interface HostKind {
  /** The word for the item in the interface, as in "Link to current examination". */
  noun?: string;
  icon?: 'study' | 'resource' | 'mail' | 'call' | 'document';
  /** The item that the user has open now, or null. Called at `refresh()`, when the page gets the focus, and at the press that links it. */
  getCurrent?(): ContextLink | null;
  /** What the item is called for this viewer, or that this viewer may not see it. */
  resolve?(ref: ContextLink): Promise<ResolvedLink> | ResolvedLink;
  open?(ref: ContextLink): void | Promise<void>;
}

/** `thumbnail` is the address of an image: of the host's own origin, or a `data:` one. */
export type ResolvedLink = { title: string; subtitle?: string; thumbnail?: string } | { denied: true; reason?: string };

export interface CurrentItem {
  link: ContextLink;
  kind: HostKind;
}

/** The host's side: shared by all sessions of a client, and nothing of a user stays in it. */
export interface HostItems {
  readonly kinds: readonly string[];
  /** The first kind with a current item; null when there is nothing to link. */
  readonly current$: Observable<CurrentItem | null>;
  /** Another number whenever what `resolve`, `kinds`, `noun` and `icon` say may have changed: `refresh()`, `register()`, another session. */
  readonly changes$: Observable<number>;
  /** Asks the host now, so that what is linked is what is open at the press (reliability 6.4). `current$` follows. */
  current(): CurrentItem | null;
  /** The host calls it when its current item changed. What was resolved is asked for again. */
  refresh(): void;
  /** Adds or replaces a kind; the function returned takes it away again. */
  register(kind: string, host: HostKind): () => void;
  /** The telephone call that the user is in, as the host said last (M11); null when in none, and for every new session. */
  readonly call: CallContext | null;
  readonly call$: Observable<CallContext | null>;
  /** The host calls it when a call begins, another takes its place, or it ends (null). Name and number are shortened to one line each. */
  setCall(call: CallContext | null): void;
  /** Never rejects: a host that throws gives `{ failed: true }`. Kept per item until `refresh()` or another session; the least recent of very many are asked for again. */
  resolve(ref: ContextLink): Promise<ResolvedLink | { failed: true }>;
  /** False when the kind has no `open`, or it failed. */
  open(ref: ContextLink): Promise<boolean>;
  noun(kind: string): string | null;
  icon(kind: string): HostKind['icon'] | null;
}
