/* React components of Parley's elements, for React 17 and 18, which know neither properties nor events of elements; 19 does without. */
export { Banner } from './banner.js';
export { ChatPanel } from './chat-panel.js';
export { Launcher } from './launcher.js';
export { LinkCurrentItem } from './link-current-item.js';
export { People } from './people.js';
export { PresenceBadge } from './presence-badge.js';
export { Session } from './session.js';
export type { ElementEvents } from './events.js';
