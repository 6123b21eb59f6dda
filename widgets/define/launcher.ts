import { define } from '../internal/define.js';
import { Launcher } from '../launcher/launcher.js';

/* Importing this file defines the element. */
define(Launcher);
export { Launcher };
