import type { ContextLink, Conversation } from '#sdk';

/**
 * Every event of the elements. All bubble and cross shadow roots; details are frozen plain data.
 * A name in the present asks and can be cancelled; a name in the past, or of a change, tells.
 */
export interface ParleyEventDetails {
  /** Asks: a link is about to be opened. Cancel it to open the item yourself. */
  'parley-item-open': { link: ContextLink; conversation: string | null };
  /** Asks: a message is about to be sent. Cancel it to keep it in the composer. */
  'parley-message-send': { conversation: string; text: string; links: readonly ContextLink[] };
  /** Asks: the person wants to chat with these users (a badge's double-click). Cancel it to do something else. */
  'parley-chat-open': { users: readonly string[] };
  /** Asks: an item was picked to be put into a composer (S19). Cancel it to keep it out. */
  'parley-item-link': { link: ContextLink };
  /** An item is in the draft of this conversation; nothing was sent (S19). */
  'parley-item-linked': { link: ContextLink; conversation: string };
  'parley-message-sent': { conversation: string; cid: string };
  'parley-conversation-opened': { conversation: Conversation };
  'parley-unread-change': { unread: number };
  /** Something rings: a message or an invitation came. In one tab only, and once in ten seconds for a conversation. `at` is ms UTC. */
  'parley-notice': { type: 'message' | 'invitation'; conversation: string; from: string; at: number };
  'parley-panel-open': { placement: string };
  'parley-panel-close': { placement: string };
  /** The focus came into, or left, a Parley element: hosts that listen to keys while capturing can pause them meanwhile. */
  'parley-focus-enter': Record<string, never>;
  'parley-focus-leave': Record<string, never>;
  /**
   * Asks: somebody is back after more than `confirm-after` ms without a sign of work in this page (`idle`, ms). Cancel it to find out whether it
   * is still `user`: the chat is locked until you call `unlock()`, `switchUser()` or `end()`.
   */
  'parley-user-confirm': { user: string; idle: number };
  /** The session was locked or is no more, by this page or by another tab of the same user. */
  'parley-lock-change': { locked: boolean };
  /** A session element came, went, or has another client or user. `user` is null while nobody is signed in. */
  'parley-session-change': { user: string | null };
  'parley-status-change': { availability: string; message: string };
}

export type ParleyEventName = keyof ParleyEventDetails;
export type ParleyEvent<N extends ParleyEventName> = CustomEvent<Readonly<ParleyEventDetails[N]>>;

const ASKS: ReadonlySet<ParleyEventName> = new Set<ParleyEventName>([
  'parley-item-open',
  'parley-message-send',
  'parley-chat-open',
  'parley-item-link',
  'parley-user-confirm',
]);

/** Fires a Parley event; false when the host cancelled a question. */
export function fire<N extends ParleyEventName>(from: EventTarget, name: N, detail: ParleyEventDetails[N]): boolean {
  return from.dispatchEvent(
    new CustomEvent(name, { detail: Object.freeze({ ...detail }), bubbles: true, composed: true, cancelable: ASKS.has(name) }),
  );
}

declare global {
  // Typed listeners for hosts: `panel.addEventListener('parley-item-open', (event) => event.detail.link)`.
  interface HTMLElementEventMap extends ParleyEventMap {}
  interface DocumentEventMap extends ParleyEventMap {}
}
export type ParleyEventMap = { [N in ParleyEventName]: ParleyEvent<N> };
