import { ChatPanel as ChatPanelElement } from '../chat-panel/chat-panel.js';
import { component } from './component.js';

/** `<parley-chat-panel>` as a React component, with its properties and with the events of all elements. */
export const ChatPanel = component(ChatPanelElement, 'ChatPanel');
