import { learn } from './localisation.js';
import { panelMessages } from './messages/en-panel.js';
import './times.js';

/* Importing this file teaches every Localisation the texts and times of the panel. */
learn({ messages: panelMessages });
