/** `h23` (default, E12): 14:05. `h12`: 2:05 PM. `auto`: as usual in the language. */
export type HourCycle = 'h23' | 'h12' | 'auto';

/** Instants (ms UTC) as the reader writes them, in the reader's zone (E13). Formatters are made once: making one costs more than using it. */
export class TimeFormat {
  readonly #time: Intl.DateTimeFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #dateOfYear: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;
  readonly #dayKey: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;

  /** Throws RangeError for a locale or zone that does not exist. */
  constructor(locale: string, timeZone: string | undefined, hourCycle: HourCycle) {
    const zone = timeZone === undefined ? {} : { timeZone };
    const cycle = hourCycle === 'auto' ? {} : { hourCycle };
    const clock = { hour: '2-digit', minute: '2-digit', ...cycle } as const;
    this.#time = new Intl.DateTimeFormat(locale, { ...clock, ...zone });
    this.#date = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', ...zone });
    this.#dateOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', ...zone });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', ...cycle, ...zone });
    this.#dayKey = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...zone });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  }

  /** The reader's, by its IANA name. */
  get timeZone(): string {
    return this.#time.resolvedOptions().timeZone;
  }

  /** 14:05 */
  time(at: number): string {
    return this.#time.format(at);
  }

  /** The calendar day in the reader's zone as 2026-11-12: equal for two instants of one day. */
  dayKey(at: number): string {
    return this.#dayKey.format(at);
  }

  /** Today, Yesterday, Thu, 12 Nov, or with the year when it is another one. */
  day(at: number, now: number = Date.now()): string {
    const days = Math.round((Date.parse(this.dayKey(at)) - Date.parse(this.dayKey(now))) / 86_400_000);
    if (days === 0 || days === -1) return capitalised(this.#relative.format(days, 'day'));
    return this.dayKey(at).slice(0, 4) === this.dayKey(now).slice(0, 4) ? this.#date.format(at) : this.#dateOfYear.format(at);
  }

  /** In a list: the time when it is of today, else the day. */
  short(at: number, now: number = Date.now()): string {
    return this.dayKey(at) === this.dayKey(now) ? this.time(at) : this.day(at, now);
  }

  /** With weekday and zone, for titles and screen readers. */
  full(at: number): string {
    return this.#full.format(at);
  }
}

function capitalised(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());
}
