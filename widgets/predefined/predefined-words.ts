import { learn } from '../internal/localisation.js';
import { predefinedMessages } from '../internal/messages/en-predefined.js';

/* Importing this file teaches every Localisation the texts of predefined messages. */
learn({ messages: predefinedMessages });
