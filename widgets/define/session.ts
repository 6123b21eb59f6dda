import { define } from '../internal/define.js';
import { SessionElement } from '../session/session.js';

/* Importing this file defines the element. */
define(SessionElement);
export { SessionElement };
