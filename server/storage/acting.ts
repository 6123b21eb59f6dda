import type { Storage } from './storage.js';

/** Somebody who is signed in. */
export interface Acting {
  readonly tenant: string;
  readonly user: string;
  /** When the token was made by which they are here, ms UTC. */
  readonly issuedAt: number;
}

/** What somebody does in their own name. `append` is not among them: it shares its transaction with others, so each message has its own token. */
export const PERSONAL_VERBS = [
  'addContact',
  'acceptContact',
  'declineContact',
  'removeContact',
  'saveContactGroup',
  'removeContactGroup',
  'arrangeContactGroups',
  'setSettings',
  'setAvailability',
  'createConversation',
  'invite',
  'join',
  'decline',
  'leave',
  'removeMember',
  'rename',
  'end',
  'mark',
  'sendHistory',
] as const satisfies readonly (keyof Storage)[];

export type PersonalStorage = Pick<Storage, (typeof PERSONAL_VERBS)[number]>;

/** A store that writes for nobody of whom it is not known by which token they are here. */
export type SharedStorage = Omit<Storage, keyof PersonalStorage>;

/** Part of `Storage` (G13). */
export interface ActingStorage {
  /**
   * The same verbs, each of which is refused with UNAUTHENTICATED, in its own transaction, when the tokens of its author were revoked since
   * theirs was made: whoever waited until then, for a lock or because their node stood still, writes nothing any more.
   */
  inNameOf(acting: Acting): PersonalStorage;
}
