import type { Messages } from '../internal/messages/en.js';
import { badge } from './de/badge.js';
import { chatPeople } from './de/chat-people.js';
import { connection } from './de/connection.js';
import { contacts } from './de/contacts.js';
import { core } from './de/core.js';
import { delivery } from './de/delivery.js';
import { emoji } from './de/emoji.js';
import { favourites } from './de/favourites.js';
import { history } from './de/history.js';
import { links } from './de/links.js';
import { newChat } from './de/new-chat.js';
import { notices } from './de/notices.js';
import { panel } from './de/panel.js';
import { people } from './de/people.js';
import { predefined } from './de/predefined.js';
import { settings } from './de/settings.js';
import { status } from './de/status.js';
import { unsent } from './de/unsent.js';
import { wide } from './de/wide.js';

/** German. */
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
