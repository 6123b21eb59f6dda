/*
 * What is loaded when the first dialog, menu or further place of a panel is opened (panel/places.ts): one file, because who opens one of them
 * opens others, and a file shares neither its dictionary nor its request with the next.
 */
import { ChatMenu } from './chat-list/chat-menu.js';
import { ChatPeople } from './chat-people/chat-people.js';
import { ConferenceWizard } from './conference/conference-wizard.js';
import { ContactsElement } from './contacts/contacts.js';
import { GroupDialog } from './contacts/group-dialog.js';
import { HistoryDialog } from './history/history-dialog.js';
import { Invitations } from './invitations/invitations.js';
import { DeliveryDetails } from './message/delivery-details.js';
import { NewChat } from './new-chat/new-chat.js';
import { ChatDetails } from './panel/chat-details.js';
import { TabStrip } from './panel/tab-strip.js';
import { PredefinedEditor } from './predefined/predefined-editor.js';
import { PredefinedMenu } from './predefined/predefined-menu.js';
import { SettingsDialog } from './settings/settings-dialog.js';

export const ELEMENTS = [
  ChatMenu,
  ChatPeople,
  ConferenceWizard,
  ContactsElement,
  GroupDialog,
  HistoryDialog,
  Invitations,
  DeliveryDetails,
  NewChat,
  ChatDetails,
  TabStrip,
  PredefinedEditor,
  PredefinedMenu,
  SettingsDialog,
] as const;
