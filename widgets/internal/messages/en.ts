/** Forms of a text that depends on `{count}`, by the categories of Intl.PluralRules. */
export type PluralForms = { readonly [C in Exclude<Intl.LDMLPluralRule, 'other'>]?: string } & { readonly other: string };

/** The source of all texts. `{name}` is filled in; the types know which names a text needs. */
export const en = {
  // Words used everywhere
  chat: 'Chat',
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  save: 'Save',
  retry: 'Try again',
  discard: 'Discard',
  more: 'More',
  you: 'You',
  unknownPerson: 'Unknown person',
  loading: 'Loading',
  failed: 'That did not work. Please try again.',

  // Launcher and panel
  openChat: 'Open chat',
  unreadMessages: { one: '{count} unread message', other: '{count} unread messages' },
  manyUnreadMessages: 'More than 99 unread messages',
  chatPanel: 'Chat',
  closePanel: 'Close chat',
  panelFailed: 'The chat could not be loaded.',
  signedInAs: 'Signed in as {name}',

  // Connection
  connecting: 'Connecting …',
  catchingUp: 'Catching up …',
  offlineSince: 'Offline since {time}',
  offline: 'Offline',
  retryIn: { one: 'Trying again in {count} s', other: 'Trying again in {count} s' },
  retryingNow: 'Trying again …',
  tryNow: 'Try now',
  offlineHint: 'You can go on writing; messages wait here.',
  signedOut: 'Signed out',
  signedOutHint: 'Sign in again to chat.',
  notSignedIn: 'Not signed in',
  sessionExpired: 'Your sign-in has ended.',
  accessRevoked: 'Your access was withdrawn.',
  signInRefused: 'The sign-in was refused.',
  forbiddenOrigin: 'This page is not allowed to use the chat.',
  clientTooOld: 'This page is out of date. Reload it to chat.',
  serverTooOld: 'The chat server is out of date.',

  // Presence and own status
  available: 'Available',
  busy: 'Busy',
  away: 'Away',
  invisible: 'Appear offline',
  presenceOffline: 'Offline',
  presenceUnknown: 'Status unknown',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. Start chat',
  yourStatus: 'Your status',
  yourStatusIs: 'Your status: {status}',
  statusWords: 'Words for “{status}”',
  statusWordsHint: 'For example: back at 15:00',
  statusFailed: 'Your status could not be changed.',

  // Linking the current item
  linkToCurrent: 'Link to current {noun}',
  item: 'item',
  nothingToLink: 'Nothing to link: no {noun} is open.',
  noChatToLink: 'Open a chat first to link to it.',
  linkNotSignedIn: 'Not signed in to chat.',
  itemLinked: 'Put into the message, not sent yet.',
  itemAlreadyLinked: 'This {noun} is in the message already.',
  tooManyLinks: 'This message has as many links as one may have.',

  // Avatars
  groupOf: { one: 'Group of {count}', other: 'Group of {count}' },

  // Chat list
  chats: 'Chats',
  newChat: 'New chat',
  searchPeople: 'Search people and chats',
  noChats: 'No chats yet. Search a person to start.',
  noHits: 'Nobody found for “{text}”.',
  loadMore: 'Show more',

  // Conversation
  today: 'Today',
  newMessages: 'New',
  typing: '{names} is writing',
  typingSeveral: '{names} are writing',
  members: { one: '{count} person', other: '{count} people' },
  historyStart: 'This is where the chat begins.',
  joinedHere: 'You joined here, {time}',
  loadingOlder: 'Loading older messages',
  timelineFailed: 'The messages could not be loaded.',
  messages: 'Messages',
  toNewest: 'Go to the newest message',
  saidBy: '{name}: {text}',
  newMessagesCount: { one: '{count} new message', other: '{count} new messages' },

  // Entries that are not messages
  started: '{name} started the chat',
  joined: '{names} joined',
  left: '{names} left',
  renamed: 'The chat is now called “{title}”',
  ended: 'The chat was ended',

  // Composer and delivery
  composerLabel: 'Message',
  composerPlaceholder: 'Send a message',
  send: 'Send',
  sending: 'Sending',
  waiting: 'Waiting for the connection',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  readBy: 'Read by {count}',
  notSent: 'Not sent',
  endedComposer: 'This chat has ended. You can still read it.',
  leftComposer: 'You have left this chat. You can still read your part.',

  // Link cards
  linkOpen: 'Open',
  linkResolving: 'Looking it up …',
  linkDenied: 'You may not see this item.',
  linkFailed: 'This item could not be looked up.',
  removeLink: 'Remove link',
} as const satisfies Record<string, string | PluralForms>;

export type MessageKey = keyof typeof en;

/** A table of texts: a translation, or a host's own words. */
export type Messages = { readonly [K in MessageKey]: (typeof en)[K] extends string ? string : PluralForms };

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Patterns<M> = M extends string ? M : M[keyof M];
/** What a text needs to be filled in: nothing, or an object with its names. */
export type MessageArguments<K extends MessageKey> = [Names<Patterns<(typeof en)[K]>>] extends [never]
  ? []
  : [values: Record<Names<Patterns<(typeof en)[K]>>, string | number>];
