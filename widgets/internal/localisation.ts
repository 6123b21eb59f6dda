import { coreMessages } from './messages/en-core.js';
import type { MessageArguments, MessageKey, Messages, PluralForms } from './messages/en.js';
import type { HourCycle, TimeFormat } from './time.js';
import { type Translation, translationFor } from './translations.js';
import { warnOnce } from './warn.js';

export interface LocalisationOptions {
  timeZone?: string;
  hourCycle?: HourCycle;
  /** Words of the host, or another language; what is missing is said in the reader's language if Parley has it, else in English. */
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

/** Written from right to left; Hebrew and Arabic letters in a tag say it of any language. */
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b|-(arab|hebr)\b/i;

/** Among these a name in other letters would take its neighbours' marks along, so it is isolated there: a full stop stays at its end. */
const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08ff]/;

const byLanguage = new Map<string, Localisation>();

/** For elements without a session element: one for a language, since a table of 1,000 badges must not make 1,000. */
export function localisationOf(language: string): Localisation {
  let made = byLanguage.get(language);
  if (made === undefined || made.outdated) byLanguage.set(language, (made = new Localisation(language)));
  return made;
}

/** The words, numbers and times of one reader. Immutable: another language is another object, and so is one whose words have come. */
export class Localisation {
  /** A BCP 47 tag, such as `de-AT`. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly #translation: Translation | null;
  readonly #words: Messages | null;
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
      warnOnce(`"${wanted}" is not a language tag.`);
    }
    this.locale = used;
    this.direction = RIGHT_TO_LEFT.test(used) ? 'rtl' : 'ltr';
    this.#translation = translationFor(used);
    this.#words = this.#translation?.messages ?? null;
    this.#plurals = new Intl.PluralRules(used);
    this.#numbers = new Intl.NumberFormat(used);
    this.#options = options;
  }

  /** Its words have come meanwhile: a new one would say them. */
  get outdated(): boolean {
    return this.#words !== (this.#translation?.messages ?? null);
  }

  /** Calls back once when the words of the language have come; not at all when they are here already, or there are none. */
  whenOutdated(changed: () => void): void {
    if (this.#translation?.messages === null) this.#translation.waiting.add(changed);
  }

  /** Comes with the panel, which alone shows times. */
  get times(): TimeFormat {
    if (makeTimes === undefined) throw new Error('the panel is not loaded');
    return (this.#times ??= makeTimes(this.locale, this.#options));
  }

  /** A text of the catalog with its `{names}` filled in. `{count}` chooses the plural form. Values are text, never markup. */
  readonly text = <K extends MessageKey>(key: K, ...[values]: MessageArguments<K>): string => {
    const message: string | PluralForms = this.#options.messages?.[key] ?? this.#words?.[key] ?? english[key] ?? key;
    const given: Record<string, string | number> = values ?? {};
    const pattern = typeof message === 'string' ? message : (message[this.#plurals.select(Number(given['count']))] ?? message.other);
    const isolates = RIGHT_TO_LEFT_LETTER.test(pattern);
    return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      if (value === undefined) return whole;
      return typeof value === 'number' ? this.number(value) : isolates ? `\u2068${value}\u2069` : value;
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
