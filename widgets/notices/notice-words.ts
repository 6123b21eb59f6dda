import { learn } from '../internal/localisation.js';
import { noticesMessages } from '../internal/messages/en-notices.js';
import '../internal/times.js';

/* Importing this file teaches every Localisation the texts of notices. */
learn({ messages: noticesMessages });
