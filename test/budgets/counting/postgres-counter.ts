import type { Socket } from 'node:net';
import pg from 'pg';
import type { Counter, Counts } from './counter.js';
import { kindOf, type Statement } from './statement.js';
import { WholeAnswers } from './whole-answers.js';

/** What a client of the driver shows of its connection. */
interface WithStream {
  connection: { stream: Socket };
}

const FILE = /\/storage\/(?:postgres|sql)\/([\w-]+)\.js/;

/**
 * Counts what a server asks of PostgreSQL, in the driver: every statement passes its `query`. A trip is a writing after a hearing on one
 * connection, so statements that leave together are one.
 */
export class PostgresCounter implements Counter {
  readonly #known = new WeakMap<pg.Client, WholeAnswers>();
  #underWay = 0;
  #moved = 0;
  #trips = 0;
  #statements: Statement[] = [];

  constructor() {
    const asked = this.#asked.bind(this);
    const over = this.#over.bind(this);
    const given = Reflect.get(pg.Client.prototype, 'query') as (this: pg.Client, ...args: unknown[]) => unknown;
    Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...args: unknown[]) {
      asked(this, args[0]);
      const last = args.at(-1);
      if (typeof last === 'function') {
        args[args.length - 1] = (...answer: unknown[]) => {
          over();
          (last as (...answer: unknown[]) => void)(...answer);
        };
        return given.apply(this, args);
      }
      const answered = given.apply(this, args) as Promise<unknown>;
      answered.then(over, over);
      return answered;
    });
  }

  get quiet(): boolean {
    return this.#underWay === 0;
  }

  get moved(): number {
    return this.#moved;
  }

  take(): Counts {
    const statements = this.#statements;
    const counts: Counts = {
      verbs: [],
      messages: 0,
      statements,
      upkeep: [],
      reads: statements.filter(({ sql }) => kindOf(sql) === 'read').length,
      writes: statements.filter(({ sql }) => kindOf(sql) === 'write').length,
      commits: statements.filter(({ sql }) => /^commit/i.test(sql)).length,
      trips: this.#trips,
    };
    this.#statements = [];
    this.#trips = 0;
    return counts;
  }

  #asked(client: pg.Client, query: unknown): void {
    this.#answersOf(client).asked();
    this.#underWay += 1;
    this.#moved += 1;
    const text = typeof query === 'string' ? query : (query as pg.QueryConfig).text;
    const by = FILE.exec(new Error().stack ?? '')?.[1] ?? 'unknown';
    for (const sql of text.split(';')) if (sql.trim() !== '') this.#statements.push({ sql: sql.trim(), by });
  }

  #over(): void {
    this.#underWay -= 1;
    this.#moved += 1;
  }

  /** The answers of its connection, which is looked at from its first statement on. */
  #answersOf(client: pg.Client): WholeAnswers {
    const known = this.#known.get(client);
    if (known) return known;
    const { stream } = (client as unknown as WithStream).connection;
    const answers = new WholeAnswers(stream);
    this.#known.set(client, answers);
    let heard = true;
    stream.prependListener('data', () => (heard = true));
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    Reflect.set(stream, 'write', (...args: unknown[]) => {
      if (heard) this.#trips += 1;
      heard = false;
      return write(...args);
    });
    return answers;
  }
}
