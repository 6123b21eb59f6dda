import type { PluralForms } from './en.js';

/** What the dialog that sends a history says; loaded with it. */
export const historyMessages = {
  historyTitle: 'Send history',
  historyHint: 'What you may see of this chat is sent as text. Everybody in the chat sees that you did.',
  historyTo: 'To',
  historyToHint: 'Person, group, mailbox, e-mail',
  historyEmailOption: 'Send to this address',
  historyKindPerson: 'Person',
  historyKindGroup: 'Group',
  historyKindMailbox: 'Shared mailbox',
  historyKindEmail: 'E-mail address',
  historyRecipients: 'Recipients',
  historyNoHits: 'Nobody found for “{text}”. A whole e-mail address can be used as well.',
  historyHits: { one: '{count} found', other: '{count} found' },
  historyNoAddress: 'No e-mail address',
  historyFull: 'There are as many recipients as one may have.',
  historySave: 'Save as text file',
  historySaved: 'The file was handed to the browser.',
  historySaving: 'Collecting the messages …',
  historyNoMail: 'This server cannot send mail. You can save the history as a text file.',
  historyForbidden: 'Your organisation does not let this be sent there.',
  historyFailed: 'The history could not be sent.',
  historyFileName: 'Chat history',
} as const satisfies Record<string, string | PluralForms>;
