import type { PluralForms } from '../../widgets/internal/messages/en.js';
import type { Table } from './tables.js';

/** Texts that are the same in two languages although somebody translated them. */
const INTERNATIONAL =
  /^[^\p{L}]*$|^(chat|chats|offline|message|messages|name|smileys|emoji|cancel|text|status|person|invitations|organisation|contacts|description|photo|documents|normal|no|total)$/iu;

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
const forms = (message: string | PluralForms): [string, string][] =>
  typeof message === 'string' ? [['', message]] : Object.entries(message);

/** A form for one number only may say that number in a word: "one message", "رسالتان". */
function saysNumber(language: string, category: string): boolean {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 1_000 }, (_, count) => rules.select(count)).filter((found) => found === category).length === 1;
}

/** What is wrong with a translation: texts, forms and placeholders that are missing or too many, and what nobody translated. */
export function faultsOf(language: string, english: Table, translated: Table): string[] {
  const faults: string[] = [];
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  for (const key of Object.keys(translated)) if (!Object.hasOwn(english, key)) faults.push(`${key}: there is no such text`);
  for (const [key, source] of Object.entries(english)) {
    const text = Object.hasOwn(translated, key) ? translated[key] : undefined;
    if (text === undefined) faults.push(`${key}: missing`);
    else if (typeof text !== typeof source) faults.push(`${key}: is ${typeof text} and must be ${typeof source}`);
    else {
      if (typeof text !== 'string') {
        const given = Object.keys(text);
        for (const category of pluralCategories) if (!given.includes(category)) faults.push(`${key}: no form for ${category}`);
        for (const category of given)
          if (!(pluralCategories as string[]).includes(category)) faults.push(`${key}: the language has no category ${category}`);
      }
      const wanted = placeholders(typeof source === 'string' ? source : source.other);
      for (const [category, form] of forms(text)) {
        const where = category === '' ? key : `${key}.${category}`;
        const free = saysNumber(language, category) ? wanted.filter((name) => name !== 'count') : wanted;
        const given = placeholders(form);
        if (given.join() !== wanted.join() && given.join() !== free.join())
          faults.push(`${where}: has {${given.join('} {')}} and must have {${wanted.join('} {')}}`);
        if (form.trim() === '' || form !== form.trim()) faults.push(`${where}: empty, or blanks around it`);
        if (/["]|\.\.\.|'/.test(form)) faults.push(`${where}: typewriter quotes or dots`);
        if (form === source && !INTERNATIONAL.test(form.replace(/\{\w+\}/g, '').trim())) faults.push(`${where}: is the English text`);
        if (language === 'fr' && /[^\u00a0\u202f][;!?»]| :|«[^\u00a0]/.test(form))
          faults.push(`${where}: a line may break before the mark`);
      }
    }
  }
  return faults;
}
