import { define } from '../internal/define.js';
import { People } from '../people/people.js';

/* Importing this file defines the element. */
define(People);
export { People };
