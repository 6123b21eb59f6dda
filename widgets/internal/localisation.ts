import { coreMessages } from './messages/en-core.js';
import type { MessageArguments, MessageKey, Messages, PluralForms } from './messages/en.js';
import type { HourCycle, TimeFormat } from './time.js';
import { warnOnce } from './warn.js';

export interface LocalisationOptions {
  timeZone?: string;
  hourCycle?: HourCycle;
  /** Words of the host, or another language; what is missing is said in English. */
  messages?: Partial<Messages>;
}

/** What the panel (panel-words.ts) and each further chunk bring along when they are loaded: a page without them has no use for it. */
export interface PanelWords {
  messages: Partial<Messages>;
  times?(locale: string, options: LocalisationOptions): TimeFormat;
}

let english: Partial<Messages> = coreMessages;
let makeTimes: PanelWords['times'] | undefined;

export function learn({ messages, times }: PanelWords): void {
  english = { ...english, ...messages };
  if (times !== undefined) makeTimes = times;
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
  readonly #plurals: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;
  readonly #options: LocalisationOptions;
  #times: TimeFormat | undefined;

  constructor(locale: string, options: LocalisationOptions = {}) {
    const wanted = locale || globalThis.document?.documentElement.lang || globalThis.navigator?.language || 'en';
    let used = 'en';
    try {
      used = Intl.getCanonicalLocales(wanted)[0] ?? used;
    } catch {
      warnOnce(`"${wanted}" is not a language tag; English is used.`);
    }
    this.locale = used;
    this.#plurals = new Intl.PluralRules(used);
    this.#numbers = new Intl.NumberFormat(used);
    this.#options = options;
  }

  /** Comes with the panel, which alone shows times. */
  get times(): TimeFormat {
    if (makeTimes === undefined) throw new Error('the panel is not loaded');
    return (this.#times ??= makeTimes(this.locale, this.#options));
  }

  /** A text of the catalog with its `{names}` filled in. `{count}` chooses the plural form. Values are text, never markup. */
  readonly text = <K extends MessageKey>(key: K, ...[values]: MessageArguments<K>): string => {
    const message: string | PluralForms = this.#options.messages?.[key] ?? english[key] ?? key;
    const given: Record<string, string | number> = values ?? {};
    const pattern = typeof message === 'string' ? message : (message[this.#plurals.select(Number(given['count']))] ?? message.other);
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
