import type { PluralForms } from './en.js';

/** What is said only where a chat is shown. */
export const panelMessages = {
  // Words used everywhere
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  save: 'Save',
  discard: 'Discard',
  you: 'You',
  youWithin: 'you',
  failed: 'That did not work. Please try again.',

  // Launcher and panel
  signedInAs: 'Signed in as {name}',

  // Connection
  offline: 'Offline',
  unreachable: 'The chat cannot be reached.',
  notSignedIn: 'Not signed in',

  // Presence and own status
  invisible: 'Appear offline',
  yourStatus: 'Your status',
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

  // Chat list
  chats: 'Chats',
  newChat: 'New chat',
  newShort: 'New',
  searchPeople: 'Search people and chats',
  noChats: 'No chats yet. Search a person to start.',
  noHits: 'Nothing found for “{text}”.',
  loadMore: 'Show more',
  showLess: 'Show less',
  people: 'People',
  noChatsReadOnly: 'No chats yet. Others can write to you.',
  chooseChat: 'Choose a chat, or start one.',
  youSaid: 'You: {text}',
  linkedItem: 'Link',
  searchFailed: 'The search did not work. Please try again.',
  clearSearch: 'Clear the search',
  /** Chats that were ended for all (E6), and those that one has left. */
  sessionEnded: 'Session ended',
  chatsLeft: 'Left',
  moreFor: 'More for {name}',
  theirGroup: 'Group with {name}',
  untitledGroup: 'Untitled group',

  // Places of the panel
  contactsPlace: 'Contacts',
  settingsPlace: 'Settings',

  // Conversation
  newMessages: 'New',
  typing: '{names} is writing',
  typingSeveral: '{names} are writing',
  members: { one: '{count} person', other: '{count} people' },
  joinedHere: 'You joined here, {time}',
  loadingOlder: 'Loading older messages',
  timelineFailed: 'The messages could not be loaded.',
  messages: 'Messages',
  toNewest: 'Go to the newest message',
  saidBy: '{name}: {text}',
  newMessagesCount: { one: '{count} new message', other: '{count} new messages' },
  latestBy: '{name}: “{text}”',
  gapLoading: 'Loading messages',
  participants: 'People in this chat',

  // Entries that are not messages
  started: '{name} started the chat',
  joined: '{names} joined',
  left: '{names} left',
  removedBy: '{name} removed {names}',
  erased: 'A message from {name} was erased for legal reasons',
  startedInviting: '{name} started the chat and invited {names}',
  invitedBy: '{name} invited {names}',
  declinedBy: '{name} declined the invitation',
  renamedBy: '{name} named the chat “{title}”',
  renamedDescribed: '{name} named the chat “{title}”: {description}',
  described: '{name} changed the description: {description}',
  unnamed: '{name} removed the title',
  endedBy: '{name} ended the chat for everyone',
  historySentBy: '{name} sent the history to {to}',
  historyRefused: '{name} sent the history, but the mailbox of {to} refused it',
  historyUnreachable: '{name} sent the history, but it did not reach {to}',

  // Composer and delivery
  composerLabel: 'Message',
  composerPlaceholder: 'Send a message',
  send: 'Send',
  sending: 'Sending',
  waiting: 'Waiting to be sent',
  sent: 'Sent',
  delivered: 'Delivered',
  held: 'Held until available',
  showDelivery: '{state}. Show who has it',
  read: 'Read',
  readBy: 'Read by {count}',
  notSent: 'Not sent',
  endedComposer: 'This chat has ended. You can still read it.',
  leftComposer: 'You have left this chat. You can still read your part.',
  charactersLeft: { one: '{count} character left', other: '{count} characters left' },
  tooLong: { one: '{count} character too many', other: '{count} characters too many' },
  nothingVisible: 'There is nothing to see in this text.',
  cannotSend: 'This text cannot be sent as it is.',
  sentWhenConnected: 'Will be sent when connected.',

  insertEmoji: 'Emoji',
  predefined: 'Predefined messages',
  sendHistory: 'Send history',
  dndOwn: 'You do not want to be disturbed. Set yourself available to send and receive.',
  setAvailable: 'Set me available',
  heldBy: '{names} does not want to be disturbed. What you write is held until then.',
  heldBySeveral: '{names} do not want to be disturbed. What you write is held until then.',
  blockedBy: '{name} does not want to be disturbed and cannot be reached just now.',

  // Why something was refused
  refusedNotFound: 'This chat is not open to you any more.',
  refusedDnd: 'They do not want to be disturbed and cannot be reached just now.',
  refusedMany: 'There are as many of these as one may have.',
  refusedFull: 'The chat has as many people as one may have.',
  refusedBusy: 'Too many messages at once. Wait a moment.',
  refusedInitiate: 'You may take part in chats but not start one.',
  refusedStale: 'It waited too long. Send it again if it is still true.',
  refusedOffline: 'There is no connection just now.',
  notKept: 'Not sent: there is no connection, and this browser has no room to keep it.',
} as const satisfies Record<string, string | PluralForms>;
