/** Parley's headless SDK, for browsers and Node. This file is its only door. */
export { createParley } from './client.js';
export type {
  CallContext,
  HistoryRecipient,
  HistoryStore,
  RecipientState,
  DirectoryHits,
  ConversationsStore,
  DeliveryState,
  DirectoryStore,
  Draft,
  DraftsStore,
  OutboxItem,
  OutboxStore,
  Parley,
  ParleyOptions,
  PresenceStore,
  Session,
  TimelineItem,
  TimelineState,
  TimelineStore,
  TokenProvider,
  TokenReason,
} from './api.js';
export type { Environment, PageEvent, PageMemory } from './environment.js';
export type { CurrentItem, HostContext, HostItems, HostKind, ResolvedLink } from './host/host-context.js';
export { newId } from './new-id.js';
export { REASONS } from './transport/reasons.js';
export type { Connection, ConnectionReason, ConnectionState } from './transport/reasons.js';
export type { OpenTransport, Transport, TransportListener, TransportName, TransportOptions } from './transport/transport.js';
export { ERRORS, LIMITS, ParleyError, TIMES } from '#protocol';
export type {
  Availability,
  ChosenAvailability,
  CommandInput,
  CommandName,
  CommandReply,
  ContextLink,
  Conversation,
  ConversationKind,
  Entry,
  EntryBody,
  EntryKind,
  ErrorCode,
  Handshake,
  Marks,
  Member,
  MessageContent,
  Contact,
  ContactGroup,
  ContactRequest,
  ContactsState,
  DirectoryGroup,
  Invitation,
  PhoneState,
  PredefinedMessage,
  Preferences,
  SharedMailbox,
  Person,
  Policies,
  Presence,
  SessionInfo,
  Settings,
} from '#protocol';
