import type { Messages } from '../internal/messages/en.js';
import { badge } from './ar/badge.js';
import { chatPeople } from './ar/chat-people.js';
import { connection } from './ar/connection.js';
import { contacts } from './ar/contacts.js';
import { core } from './ar/core.js';
import { delivery } from './ar/delivery.js';
import { emoji } from './ar/emoji.js';
import { favourites } from './ar/favourites.js';
import { history } from './ar/history.js';
import { links } from './ar/links.js';
import { newChat } from './ar/new-chat.js';
import { notices } from './ar/notices.js';
import { panel } from './ar/panel.js';
import { people } from './ar/people.js';
import { predefined } from './ar/predefined.js';
import { settings } from './ar/settings.js';
import { status } from './ar/status.js';
import { unsent } from './ar/unsent.js';
import { wide } from './ar/wide.js';

/** Arabic. */
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
