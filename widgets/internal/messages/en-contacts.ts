import type { PluralForms } from './en.js';

/** What the contacts tab says; loaded with it. */
export const contactsMessages = {
  contacts: 'Contacts',
  searchContacts: 'Search people',
  showOffline: 'Show offline users',
  noContacts: 'No contacts yet. Search a person and give them a star.',
  favourites: 'Favourites',
  notInList: 'Not in list',
  moreFromDirectory: 'More people',
  contactHits: { one: '{count} person found', other: '{count} people found' },
  onlineOf: '{online} of {count} online',
  bannerLabel: '{name}, {status}',
  allOffline: { one: 'The only one here is offline.', other: 'All {count} people here are offline.' },
  showThem: 'Show offline users',
  emptyGroup: 'Nobody in this group yet. Drag people here, or use “Add to group” on a person.',
  requested: 'Request sent',
  isFavourite: 'favourite',
  moreActs: 'More for {name}',

  // Requests
  requests: 'Requests',
  wantsStatus: 'would like to see your status',
  accept: 'Accept',
  decline: 'Decline',
  acceptFrom: 'Accept {name}',
  declineFrom: 'Decline {name}',
  requestAccepted: '{name} accepted. You see each other’s status now.',
  requestDeclined: 'Request of {name} declined',

  // Menus
  newMessage: 'New message',
  newMessageTo: { one: 'New message to {count} person', other: 'New message to {count} people' },
  newMessageToAll: 'New message to all',
  addToFavourites: 'Add to favourites',
  removeFromFavourites: 'Remove from favourites',
  addToGroup: 'Add to group',
  newGroup: 'Create new group …',
  removeFromGroup: 'Remove from “{name}”',
  rename: 'Rename …',
  moveUp: 'Move up',
  moveDown: 'Move down',
  deleteGroup: 'Delete group …',
  deleteGroupQuestion: 'Delete the group “{name}”? The people in it stay where else they are.',
  deleteGroupYes: 'Delete',
  removeSeveralQuestion: {
    one: 'Remove {count} person from your favourites? You will no longer see each other’s status.',
    other: 'Remove {count} people from your favourites? You will no longer see each other’s status.',
  },

  // Groups
  createGroup: 'Create new group',
  renameGroup: 'Rename group',
  groupName: 'Name of the group',
  groupNameHint: 'For example: Chest team',
  groupWith: { one: 'With {count} person', other: 'With {count} people' },
  groupsFull: 'You have as many groups as one may have.',
  groupFull: 'A group has no room for so many people.',
  groupCreated: 'Group “{name}” created',
  addedToGroup: { one: '{count} person added to “{name}”', other: '{count} people added to “{name}”' },
  groupMoved: '“{name}” is number {count} of your groups now',
} as const satisfies Record<string, string | PluralForms>;
