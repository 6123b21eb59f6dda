import { learn } from '../internal/localisation.js';
import { newChatMessages } from '../internal/messages/en-new-chat.js';

/* Importing this file teaches every Localisation the texts of choosing people. */
learn({ messages: newChatMessages });
