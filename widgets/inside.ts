/* What is loaded when a panel is opened, or a link button is shown, for the first time: one file, because each of them leads to the other. */
import './internal/panel-words.js';
export { PanelFrame } from './chat-panel/panel-frame.js';
export { LinkButton } from './link-current-item/link-button.js';
