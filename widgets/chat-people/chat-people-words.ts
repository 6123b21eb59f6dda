import { learn } from '../internal/localisation.js';
import { chatPeopleMessages } from '../internal/messages/en-chat-people.js';

/* Importing this file teaches every Localisation the texts of the people of a chat and of invitations. */
learn({ messages: chatPeopleMessages });
