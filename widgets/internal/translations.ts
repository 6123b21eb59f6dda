import type { Messages } from './messages/en.js';
import { warnOnce } from './warn.js';

/** The languages besides English, which is built in. Each is one chunk that is loaded when somebody reads it. */
const LOADERS: Record<string, () => Promise<{ messages: Messages }>> = {
  ar: () => import('../locales/ar.js'),
  de: () => import('../locales/de.js'),
  es: () => import('../locales/es.js'),
  fr: () => import('../locales/fr.js'),
};

export interface Translation {
  /** Null while they are on their way. */
  messages: Messages | null;
  /** Called once when they have come. */
  readonly waiting: Set<() => void>;
}

const translations = new Map<string, Translation>();

/** The translation for a language tag such as `de-AT`, which is loaded if need be; null when there is none and English has to do. */
export function translationFor(tag: string): Translation | null {
  const [language = ''] = tag.split('-');
  const loader = Object.hasOwn(LOADERS, language) ? LOADERS[language] : undefined;
  if (loader === undefined) return null;
  const known = translations.get(language);
  if (known !== undefined) return known;
  const translation: Translation = { messages: null, waiting: new Set() };
  translations.set(language, translation);
  void load(language, loader, translation);
  return translation;
}

async function load(language: string, loader: () => Promise<{ messages: Messages }>, translation: Translation): Promise<void> {
  try {
    ({ messages: translation.messages } = await loader());
    for (const came of translation.waiting) came();
  } catch {
    // Whoever asks next tries again; until then it is said in English.
    translations.delete(language);
    warnOnce(`The texts in "${language}" could not be loaded.`);
  }
  translation.waiting.clear();
}
