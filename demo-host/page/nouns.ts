import type { ItemKind } from './chat.js';

type Nouns = Readonly<Record<ItemKind, string>>;

/** What the demo's items are called. Parley puts these into its own sentences, so they are in Parley's language, not in the page's. */
const NOUNS: Readonly<Record<string, Nouns>> = {
  de: { study: 'Untersuchung', resource: 'Ressource', mail: 'E-Mail', call: 'Anruf' },
  fr: { study: 'examen', resource: 'ressource', mail: 'e-mail', call: 'appel' },
  es: { study: 'examen', resource: 'recurso', mail: 'correo', call: 'llamada' },
  ar: { study: 'الفحص', resource: 'المورد', mail: 'البريد', call: 'المكالمة' },
};
const ENGLISH: Nouns = { study: 'examination', resource: 'resource', mail: 'mail', call: 'call' };

/** `locale`: as `<parley-session>` has it, such as `de-AT`; null where it follows the page, which is English. */
export function nounIn(locale: string | null, kind: ItemKind): string {
  return (NOUNS[locale?.split('-')[0] ?? ''] ?? ENGLISH)[kind];
}
