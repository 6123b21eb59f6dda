import type { CommandName } from '#protocol';
import type { Handler } from './context.js';
import {
  acceptContact,
  addContact,
  arrangeContactGroups,
  declineContact,
  removeContact,
  removeContactGroup,
  saveContactGroup,
} from './contacts.js';
import { createConversation } from './conversation-create.js';
import { getConversation } from './conversation-get.js';
import { listConversations } from './conversation-list.js';
import { browseDirectory, getPeople, searchDirectory } from './directory.js';
import { readRange } from './entry-range.js';
import { historyText, sendHistory } from './history.js';
import { decline, end, invite, join, leave, remove, rename } from './membership.js';
import { searchMessages } from './message-search.js';
import { sendMessage } from './message-send.js';
import { reportActivity, setPresence, subscribePresence, unsubscribePresence } from './presence.js';
import { mark } from './receipt-mark.js';
import { endSession, readHeads, refreshSession, syncSession } from './session.js';
import { setSettings } from './settings.js';
import { setTyping } from './typing-set.js';

/** Every command of the protocol with what carries it out: one without a handler does not compile. */
export const handlers = {
  'session:sync': syncSession,
  'session:heads': readHeads,
  'session:refresh': refreshSession,
  'session:end': endSession,
  'directory:search': searchDirectory,
  'directory:get': getPeople,
  'directory:browse': browseDirectory,
  'contact:add': addContact,
  'contact:accept': acceptContact,
  'contact:decline': declineContact,
  'contact:remove': removeContact,
  'contact-group:save': saveContactGroup,
  'contact-group:remove': removeContactGroup,
  'contact-group:arrange': arrangeContactGroups,
  'settings:set': setSettings,
  'conversation:list': listConversations,
  'conversation:create': createConversation,
  'conversation:get': getConversation,
  'conversation:invite': invite,
  'conversation:join': join,
  'conversation:decline': decline,
  'conversation:rename': rename,
  'conversation:end': end,
  'conversation:leave': leave,
  'conversation:remove': remove,
  'entry:range': readRange,
  'message:send': sendMessage,
  'message:search': searchMessages,
  'history:send': sendHistory,
  'history:text': historyText,
  'receipt:mark': mark,
  'typing:set': setTyping,
  'presence:set': setPresence,
  'presence:report': reportActivity,
  'presence:subscribe': subscribePresence,
  'presence:unsubscribe': unsubscribePresence,
} as const satisfies { [N in CommandName]: Handler<N> };

/** Commands whose permission the storage decides in the transaction that carries them out; for the others the wrapper asks first. */
export const decidedByStorage: ReadonlySet<CommandName> = new Set<CommandName>([
  'conversation:create',
  'conversation:get',
  'conversation:invite',
  'conversation:join',
  'conversation:decline',
  'conversation:rename',
  'conversation:end',
  'conversation:leave',
  'conversation:remove',
  'entry:range',
  'message:send',
  'message:search',
  'history:send',
  'history:text',
  'receipt:mark',
]);

/** What kind of work a command is, for the rate limits. */
export type CommandClass = 'messages' | 'searches' | 'histories' | 'reads' | 'signals';

export const commandClasses = {
  'session:sync': 'reads',
  'session:heads': 'reads',
  'session:refresh': 'signals',
  'session:end': 'signals',
  'directory:search': 'searches',
  'directory:get': 'reads',
  'directory:browse': 'searches',
  'contact:add': 'messages',
  'contact:accept': 'messages',
  'contact:decline': 'messages',
  'contact:remove': 'messages',
  'contact-group:save': 'messages',
  'contact-group:remove': 'messages',
  'contact-group:arrange': 'messages',
  'settings:set': 'signals',
  'conversation:list': 'reads',
  'conversation:create': 'messages',
  'conversation:get': 'reads',
  'conversation:invite': 'messages',
  'conversation:join': 'messages',
  'conversation:decline': 'messages',
  'conversation:rename': 'messages',
  'conversation:end': 'messages',
  'conversation:leave': 'messages',
  'conversation:remove': 'messages',
  'entry:range': 'reads',
  'message:send': 'messages',
  'message:search': 'searches',
  'history:send': 'histories',
  'history:text': 'reads',
  'receipt:mark': 'signals',
  'typing:set': 'signals',
  // The wish not to be disturbed rewrites and announces every membership.
  'presence:set': 'messages',
  'presence:report': 'signals',
  'presence:subscribe': 'reads',
  'presence:unsubscribe': 'signals',
} as const satisfies Record<CommandName, CommandClass>;
