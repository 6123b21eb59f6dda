import { define } from '../internal/define.js';
import { ChatPanel } from '../chat-panel/chat-panel.js';

/* Importing this file defines the element. */
define(ChatPanel);
export { ChatPanel };
