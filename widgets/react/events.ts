import type { EventName } from '@lit/react';
import type { ParleyEvent, ParleyEventName } from '../internal/events.js';

/** `parley-item-open` is `onItemOpen`. */
type Handler<N extends string> = N extends `${string}-${infer Rest}` ? `on${Pascal<Rest>}` : never;
type Pascal<N extends string> = N extends `${infer First}-${infer Rest}` ? `${Capitalize<First>}${Pascal<Rest>}` : Capitalize<N>;

/** What a component can be given to hear of an event, and the event. They bubble: an element tells of those inside of it, too. */
export type ElementEvents = { [N in ParleyEventName as Handler<N>]: EventName<ParleyEvent<N>> };

const named = <N extends ParleyEventName>(name: N): EventName<ParleyEvent<N>> => name as EventName<ParleyEvent<N>>;

export const ELEMENT_EVENTS: ElementEvents = {
  onItemOpen: named('parley-item-open'),
  onMessageSend: named('parley-message-send'),
  onChatOpen: named('parley-chat-open'),
  onItemLink: named('parley-item-link'),
  onItemLinked: named('parley-item-linked'),
  onMessageSent: named('parley-message-sent'),
  onConversationOpened: named('parley-conversation-opened'),
  onUnreadChange: named('parley-unread-change'),
  onNotice: named('parley-notice'),
  onPanelOpen: named('parley-panel-open'),
  onPanelClose: named('parley-panel-close'),
  onFocusEnter: named('parley-focus-enter'),
  onFocusLeave: named('parley-focus-leave'),
  onUserConfirm: named('parley-user-confirm'),
  onLockChange: named('parley-lock-change'),
  onSessionChange: named('parley-session-change'),
  onStatusChange: named('parley-status-change'),
};
