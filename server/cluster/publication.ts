import type { Entry, Head, StateChange } from '#protocol';

/** An entry was committed. Who joins hears it and what comes after it, who left hears it and nothing after it (G12). */
export interface EntryPublication {
  type: 'entry';
  tenant: string;
  entry: Entry;
  joined?: readonly string[];
  left?: readonly string[];
  /** They were taken out and hear nothing of it any more, not even this entry. */
  removed?: readonly string[];
  /** They are in and want not to be disturbed. */
  held?: readonly string[];
}

/** From behind the entry `head` on, the user hears of the conversation no more, or again. */
export interface HearingPublication extends Head {
  type: 'hearing';
  tenant: string;
  user: string;
  /** Of the per-user state. */
  revision: number;
  held: boolean;
}

/** What a user missed while they wanted not to be disturbed. */
export interface DigestPublication {
  type: 'digest';
  tenant: string;
  user: string;
  revision: number;
  heads: readonly Head[];
}

/** The per-user state has a new revision. */
export interface StatePublication {
  type: 'state';
  tenant: string;
  user: string;
  revision: number;
  change: StateChange;
  /** The connection that knows it by its answer. */
  except?: string;
}

/** The presence of `user` is shown to `viewer` no more (B34). */
export interface HiddenPublication {
  type: 'hidden';
  tenant: string;
  viewer: string;
  user: string;
}

/**
 * What one node tells all: what it committed, as far as it changes what a node knows of its connections. Plain JSON. What changes
 * nothing that a node knows (typing, receipts) goes through Socket.IO's adapter instead.
 */
export type Publication = EntryPublication | HearingPublication | DigestPublication | StatePublication | HiddenPublication;

/** `own`: this node committed it. */
export type PublicationListener = (publication: Publication, own: boolean) => void;
