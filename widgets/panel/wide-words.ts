import { learn } from '../internal/localisation.js';
import { wideMessages } from '../internal/messages/en-wide.js';

/* Importing this file teaches every Localisation the texts of tabs and details. */
learn({ messages: wideMessages });
