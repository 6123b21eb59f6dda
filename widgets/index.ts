import { ELEMENTS } from './elements.js';
import { defineAll } from './internal/define.js';

/* Parley's elements. Importing this file defines all of them; what the panel shows inside is loaded when the page is idle, or at once when it is opened. */
defineAll(ELEMENTS);

export { Banner } from './banner/banner.js';
export { ChatPanel, type Placement } from './chat-panel/chat-panel.js';
export { Launcher } from './launcher/launcher.js';
export { LinkCurrentItem } from './link-current-item/link-current-item.js';
export { People } from './people/people.js';
export { PresenceBadge } from './presence-badge/presence-badge.js';
export { SessionElement } from './session/session.js';
export { VERSION } from './internal/define.js';
export type { ParleyEvent, ParleyEventDetails, ParleyEventMap, ParleyEventName } from './internal/events.js';
export type { HotkeyPolicy } from './internal/key-isolation.js';
export type { Messages, PluralForms } from './internal/messages/en.js';
export type { HourCycle } from './internal/time.js';
