/*
 * What is loaded when the first dialog, menu or further place of a panel is opened (panel/places.ts): one file, because who opens one of them
 * opens others, and a file shares neither its dictionary nor its request with the next.
 */
import './chat-list/chat-menu.js';
import './chat-people/chat-people.js';
import './conference/conference-wizard.js';
import './contacts/contacts.js';
import './contacts/group-dialog.js';
import './history/history-dialog.js';
import './invitations/invitations.js';
import './message/delivery-details.js';
import './new-chat/new-chat.js';
import './panel/chat-details.js';
import './panel/tab-strip.js';
import './predefined/predefined-editor.js';
import './predefined/predefined-menu.js';
import './settings/settings-dialog.js';
