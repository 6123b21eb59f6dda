import { coreMessages as en } from '../../internal/messages/en-core.js';
import { core as ar } from '../../locales/ar/core.js';
import { core as de } from '../../locales/de/core.js';
import { core as es } from '../../locales/es/core.js';
import { core as fr } from '../../locales/fr/core.js';

/** One word of each table, and the build leaves the rest out: the viewer takes a panel's label before the elements and their languages are there. */
const WORDS: Readonly<Record<string, string>> = { en: en.chat, ar: ar.chat, de: de.chat, es: es.chat, fr: fr.chat };

/** The label of the panel in a language, as a BCP 47 tag; without one in that of the page, as the elements have it. English where there is none. */
export function panelLabel(locale = ''): string {
  const wanted = locale || globalThis.document?.documentElement.lang || globalThis.navigator?.language || 'en';
  const [language = ''] = wanted.toLowerCase().split('-');
  return (Object.hasOwn(WORDS, language) ? WORDS[language] : undefined) ?? en.chat;
}
