import { PresenceBadge as PresenceBadgeElement } from '../presence-badge/presence-badge.js';
import { component } from './component.js';

/** `<parley-presence-badge>` as a React component, with its properties and with the events of all elements. */
export const PresenceBadge = component(PresenceBadgeElement, 'PresenceBadge');
