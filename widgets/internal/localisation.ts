import { en, type MessageArguments, type MessageKey, type Messages, type PluralForms } from './messages/en.js';
import { type HourCycle, TimeFormat } from './time.js';
import { warnOnce } from './warn.js';

export interface LocalisationOptions {
  timeZone?: string;
  hourCycle?: HourCycle;
  /** Words of the host, or another language; what is missing is said in English. */
  messages?: Partial<Messages>;
}

/** A language that is loaded when somebody reads it: `session.messages = await loaders.de()` or by the host's own table. */
export type MessagesLoader = () => Promise<Partial<Messages>>;

function usable<T>(make: () => T, otherwise: () => T, complaint: string): T {
  try {
    return make();
  } catch {
    warnOnce(complaint);
    return otherwise();
  }
}

const byLanguage = new Map<string, Localisation>();

/** For elements without a session element: one for a language, since a table of 1,000 badges must not make 1,000. */
export function localisationOf(language: string): Localisation {
  const made = byLanguage.get(language) ?? new Localisation(language);
  byLanguage.set(language, made);
  return made;
}

/** The words, numbers and times of one reader. Immutable: another language is another object. */
export class Localisation {
  /** A BCP 47 tag, such as `de-AT`. */
  readonly locale: string;
  readonly times: TimeFormat;
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;
  readonly #messages: Partial<Messages>;

  constructor(locale: string, options: LocalisationOptions = {}) {
    const wanted = locale || globalThis.document?.documentElement.lang || globalThis.navigator?.language || 'en';
    this.locale = usable(
      () => Intl.getCanonicalLocales(wanted)[0] ?? 'en',
      () => 'en',
      `"${wanted}" is not a language tag; English is used.`,
    );
    const cycle = options.hourCycle ?? 'h23';
    this.times = usable(
      () => new TimeFormat(this.locale, options.timeZone, cycle),
      () => new TimeFormat(this.locale, undefined, 'h23'),
      `time zone "${options.timeZone ?? ''}" or hour cycle "${cycle}" is not known; the browser's zone and 24 hours are used.`,
    );
    this.#plurals = new Intl.PluralRules(this.locale);
    this.#numbers = new Intl.NumberFormat(this.locale);
    this.#messages = options.messages ?? {};
  }

  /** A text of the catalog with its `{names}` filled in. `{count}` chooses the plural form. Values are text, never markup. */
  readonly text = <K extends MessageKey>(key: K, ...[values]: MessageArguments<K>): string => {
    const message: string | PluralForms = this.#messages[key] ?? en[key];
    const given: Record<string, string | number> = values ?? {};
    const pattern = typeof message === 'string' ? message : (message[this.#plurals.select(Number(given['count'] ?? 0))] ?? message.other);
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      return typeof value === 'number' ? this.number(value) : (value ?? whole);
    });
  };

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** Unread counts stop at 99: the protocol does not count further. */
  count(value: number): string {
    return value > 99 ? `${this.number(99)}+` : this.number(value);
  }

  /** "Anna, Mark and Lee" */
  list(names: readonly string[]): string {
    return new Intl.ListFormat(this.locale, { style: 'long', type: 'conjunction' }).format(names);
  }
}
