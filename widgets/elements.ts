import { Banner } from './banner/banner.js';
import { ChatPanel } from './chat-panel/chat-panel.js';
import { Launcher } from './launcher/launcher.js';
import { LinkCurrentItem } from './link-current-item/link-current-item.js';
import { People } from './people/people.js';
import { PresenceBadge } from './presence-badge/presence-badge.js';
import { SessionElement } from './session/session.js';

/** Parley's elements for hosts; those inside of them come along as their parts. */
export const ELEMENTS = [Banner, ChatPanel, Launcher, LinkCurrentItem, People, PresenceBadge, SessionElement] as const;
