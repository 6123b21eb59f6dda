import type { Messages } from '../internal/messages/en.js';
import { badge } from './es/badge.js';
import { chatPeople } from './es/chat-people.js';
import { connection } from './es/connection.js';
import { contacts } from './es/contacts.js';
import { core } from './es/core.js';
import { delivery } from './es/delivery.js';
import { emoji } from './es/emoji.js';
import { favourites } from './es/favourites.js';
import { history } from './es/history.js';
import { links } from './es/links.js';
import { newChat } from './es/new-chat.js';
import { notices } from './es/notices.js';
import { panel } from './es/panel.js';
import { people } from './es/people.js';
import { predefined } from './es/predefined.js';
import { settings } from './es/settings.js';
import { status } from './es/status.js';
import { unsent } from './es/unsent.js';
import { wide } from './es/wide.js';

/** Spanish. */
export const messages: Messages = {
  ...badge,
  ...chatPeople,
  ...connection,
  ...contacts,
  ...core,
  ...delivery,
  ...emoji,
  ...favourites,
  ...history,
  ...links,
  ...newChat,
  ...notices,
  ...panel,
  ...people,
  ...predefined,
  ...settings,
  ...status,
  ...unsent,
  ...wide,
};
