import type { badgeMessages } from './en-badge.js';
import type { chatPeopleMessages } from './en-chat-people.js';
import type { conferenceMessages } from './en-conference.js';
import type { contactsMessages } from './en-contacts.js';
import type { coreMessages } from './en-core.js';
import type { deliveryMessages } from './en-delivery.js';
import type { emojiMessages } from './en-emoji.js';
import type { historyMessages } from './en-history.js';
import type { noticesMessages } from './en-notices.js';
import type { settingsMessages } from './en-settings.js';
import type { predefinedMessages } from './en-predefined.js';
import type { favouriteMessages } from './en-favourites.js';
import type { peopleMessages } from './en-people.js';
import type { connectionMessages } from './en-connection.js';
import type { linkMessages } from './en-links.js';
import type { newChatMessages } from './en-new-chat.js';
import type { statusMessages } from './en-status.js';
import type { unsentMessages } from './en-unsent.js';
import type { wideMessages } from './en-wide.js';
import type { panelMessages } from './en-panel.js';

/** Forms of a text that depends on `{count}`, by the categories of Intl.PluralRules. */
export type PluralForms = { readonly [C in Exclude<Intl.LDMLPluralRule, 'other'>]?: string } & { readonly other: string };

/** The source of all texts, in tables so that a page loads what it shows. `{name}` is filled in; the types know which names a text needs. */
type English = typeof coreMessages &
  typeof peopleMessages &
  typeof conferenceMessages &
  typeof badgeMessages &
  typeof chatPeopleMessages &
  typeof noticesMessages &
  typeof settingsMessages &
  typeof panelMessages &
  typeof emojiMessages &
  typeof deliveryMessages &
  typeof historyMessages &
  typeof predefinedMessages &
  typeof connectionMessages &
  typeof linkMessages &
  typeof newChatMessages &
  typeof statusMessages &
  typeof unsentMessages &
  typeof wideMessages &
  typeof contactsMessages &
  typeof favouriteMessages;

export type MessageKey = keyof English;

/** A table of texts: a translation, or a host's own words. */
export type Messages = { readonly [K in MessageKey]: English[K] extends string ? string : PluralForms };

/**
 * One table in another language: the same texts, and where `{count}` decides a form for each category that Intl.PluralRules has for the
 * language. A text that is added in English does not compile until it is translated; placeholders are looked at by test/locales.
 */
export type Translated<Table, Category extends Intl.LDMLPluralRule> = {
  readonly [K in keyof Table]: Table[K] extends string ? string : Readonly<Record<Category, string>>;
};

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Patterns<M> = M extends string ? M : M[keyof M];
/** What a text needs to be filled in: nothing, or an object with its names. */
export type MessageArguments<K extends MessageKey> = [Names<Patterns<English[K]>>] extends [never]
  ? []
  : [values: Record<Names<Patterns<English[K]>>, string | number>];
