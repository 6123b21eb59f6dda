import { define } from '../internal/define.js';
import { PresenceBadge } from '../presence-badge/presence-badge.js';

/* Importing this file defines the element. */
define(PresenceBadge);
export { PresenceBadge };
