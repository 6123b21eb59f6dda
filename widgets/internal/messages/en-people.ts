/** What the people of a host's record say; loaded with them. */
export const peopleMessages = {
  peopleName: 'Name',
  peopleOrganisation: 'Organisation',
  peopleNone: 'Nobody belongs to this.',
  peopleGroupChat: 'Start group chat',
  peopleChatWith: 'Chat with {name}',
  peopleChatFailed: 'The chat could not be started.',
} as const satisfies Record<string, string>;
