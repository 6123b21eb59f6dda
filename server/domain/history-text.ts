import type { ContextLink, Entry, EntryBody } from '#protocol';
import { historyWords } from './history-words.js';
import type { HistoryWords } from './history-words.js';

export interface HistoryFacts {
  /** Null for a conversation without one: the participants stand for it. */
  title: string | null;
  participants: readonly string[];
  /** Of the first and the last entry; null when there is none. */
  period: { from: number; to: number } | null;
  sender: string;
  /** When it is written. */
  at: number;
}

type NameOf = (user: string) => string;

/** As wide as a time with what follows it: the text of a message goes on below its first line, never below the time. */
const INDENT = ' '.repeat('2026-11-12 14:02:05  '.length);
/** Everything that some program shows as the end of a line. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/;
/** Signs that move or hide what stands around them: of no use in a text that is evidence, and a way to forge its lines. */
const DECEIVING = /(?!\t)[\p{Cc}\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]/gu;

/**
 * A history as plain text, in one language and time zone: every line of somebody begins with its time, and nothing that somebody writes
 * can begin a line (E13, B20). Times are 24-hour with seconds.
 */
export class HistoryText {
  readonly timeZone: string;
  readonly #words: HistoryWords;
  readonly #times: Intl.DateTimeFormat;
  readonly #list: Intl.ListFormat;

  /** A language without words is written in English, a zone that nobody knows in UTC. */
  constructor(form: { language?: string | undefined; timeZone?: string | undefined }) {
    const { words, language } = historyWords(form.language ?? 'en');
    this.#words = words;
    this.#list = new Intl.ListFormat(language);
    this.#times = timesOf(form.timeZone ?? 'UTC');
    this.timeZone = this.#times.resolvedOptions().timeZone;
  }

  /** The title of the mail and the first line of the text. */
  subject({ title, participants }: HistoryFacts): string {
    return this.#words.subject(oneLine(title ?? this.#names(participants)));
  }

  head(facts: HistoryFacts): string {
    const { participants, timeZone, period, exportedBy } = this.#words;
    const lines = [
      this.subject(facts),
      `${participants}: ${this.#names(facts.participants)}`,
      ...(facts.period ? [`${period}: ${this.time(facts.period.from)} - ${this.time(facts.period.to)}`] : []),
      `${timeZone}: ${this.timeZone}`,
      `${exportedBy}: ${oneLine(facts.sender)}, ${this.time(facts.at)}`,
    ];
    return `${lines.join('\n')}\n\n${facts.period ? '' : `${this.#words.empty}\n`}`;
  }

  /** The lines of one entry; nothing for a kind of entry that this version does not know. */
  entry({ author, at, body }: Entry, nameOf: NameOf): string {
    if (body.kind === 'message') {
      const [first = '', ...others] = [
        ...body.text.split(LINE_BREAK).filter((line, index) => line !== '' || index > 0),
        ...body.links.map(linkLine),
      ];
      return `${this.time(at)}  ${oneLine(nameOf(author))}: ${plain(first)}\n${others.map((line) => `${INDENT}${plain(line)}\n`).join('')}`;
    }
    const said = this.#system(author, body, nameOf);
    return said === null ? '' : `${this.time(at)}  * ${oneLine(said)}\n`;
  }

  /** The last line of a text that ends before the history does. */
  cut(last: number): string {
    return `\n${this.#words.cut(this.time(last))}\n`;
  }

  time(at: number): string {
    return this.#times.format(at);
  }

  #system(author: string, body: EntryBody, nameOf: NameOf): string | null {
    const words = this.#words;
    const who = nameOf(author);
    const named = (users: readonly string[]): string => this.#names(users.map(nameOf));
    switch (body.kind) {
      case 'started':
        return words.started(who, named([...body.users, ...(body.invited ?? [])].filter((user) => user !== author)));
      case 'invited':
        return words.invited(who, named(body.users));
      case 'declined':
        return words.declined(who);
      case 'joined':
        return body.users.length === 1 && body.users[0] === author ? words.joinedAlone(who) : words.joined(who, named(body.users));
      case 'left':
        return body.users.length === 1 && body.users[0] === author ? words.left(who) : words.removed(who, named(body.users));
      case 'removed':
        return words.removed(who, named(body.users));
      case 'renamed':
        return body.title === undefined ? words.untitled(who) : words.renamed(who, body.title);
      case 'ended':
        return words.ended(who);
      case 'history-sent':
        return words.sent(who, this.#names(body.to));
      case 'history-failed':
        return words.failed(body.to);
      case 'erased':
        return words.erased(who);
      default:
        return null;
    }
  }

  #names(names: readonly string[]): string {
    return this.#list.format(names.map(oneLine));
  }
}

/** Everybody whom these entries name. */
export function usersIn(entries: readonly Entry[]): string[] {
  const users = new Set<string>();
  for (const { author, body } of entries) {
    users.add(author);
    if ('users' in body) for (const user of body.users) users.add(user);
    if (body.kind === 'started') for (const user of body.invited ?? []) users.add(user);
  }
  return [...users];
}

/** A reference: what the item is called is for the reader's own host to say, unless the tenant keeps labels. */
function linkLine({ kind, id, label, href }: ContextLink): string {
  return `[${kind} ${id}]${label === undefined ? '' : ` ${label}`}${href === undefined ? '' : ` <${href}>`}`;
}

function plain(line: string): string {
  return line.replace(DECEIVING, '');
}

function oneLine(text: string): string {
  return plain(text.replace(new RegExp(LINE_BREAK, 'g'), ' '));
}

function timesOf(timeZone: string): Intl.DateTimeFormat {
  // Sweden writes 2026-11-12 14:02:05.
  const form = (zone: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('sv-SE-u-ca-iso8601-nu-latn', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' });
  try {
    return form(timeZone);
  } catch {
    return form('UTC');
  }
}
