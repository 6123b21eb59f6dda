import { learn } from '../internal/localisation.js';
import { peopleMessages } from '../internal/messages/en-people.js';

/* Importing this file teaches every Localisation the texts of people and conferences. */
learn({ messages: peopleMessages });
