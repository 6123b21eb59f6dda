import type { Messages } from '../internal/messages/en.js';
import { badge } from './fr/badge.js';
import { chatPeople } from './fr/chat-people.js';
import { connection } from './fr/connection.js';
import { contacts } from './fr/contacts.js';
import { core } from './fr/core.js';
import { delivery } from './fr/delivery.js';
import { emoji } from './fr/emoji.js';
import { favourites } from './fr/favourites.js';
import { history } from './fr/history.js';
import { links } from './fr/links.js';
import { newChat } from './fr/new-chat.js';
import { notices } from './fr/notices.js';
import { panel } from './fr/panel.js';
import { people } from './fr/people.js';
import { predefined } from './fr/predefined.js';
import { settings } from './fr/settings.js';
import { status } from './fr/status.js';
import { unsent } from './fr/unsent.js';
import { wide } from './fr/wide.js';

/** French. */
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
