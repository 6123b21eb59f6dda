import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, DatabaseIntrospector, Dialect, Driver, QueryResult } from 'kysely';
import type { ClientBase } from 'pg';
import type { Tables } from '../sql/schema.js';

/** One transaction on one connection. It sees the rows of its tenant only. */
export interface Session {
  /** For the statements that both engines share. */
  readonly db: Kysely<Tables>;
  /**
   * The rows of a statement, whose text is prepared once for each connection and so has to be one of few. Calls that are made without
   * waiting in between leave together.
   */
  query<R>(text: string, values?: readonly unknown[]): Promise<R[]>;
  /** Statements that left and whose rows nobody needs: the commit leaves right behind them, and if one fails, nothing is committed. */
  owe(statements: Promise<unknown>): void;
}

/** A session with what its transaction still owes. */
export interface OwingSession extends Session {
  /** Resolves when all of it was done. */
  settled(): Promise<void>;
}

/** Statements kept prepared; what is beyond is parsed each time. */
const PREPARED = 500;
const names = new Map<string, string>();

/** The same name on every connection of the process, so that a slow statement is recognised in pg_stat_activity. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= PREPARED) return known;
  const name = `parley_${names.size + 1}`;
  names.set(text, name);
  return name;
}

const sessions = new WeakMap<ClientBase, OwingSession>();

/** The session of a connection; it belongs to whoever runs a transaction on it. */
export function sessionOf(client: ClientBase): OwingSession {
  const known = sessions.get(client);
  if (known) return known;
  let owed: Promise<unknown>[] = [];
  const session: OwingSession = {
    db: new Kysely<Tables>({ dialect: new ClientDialect(client) }),
    async query<R>(text: string, values: readonly unknown[] = []) {
      const name = nameOf(text);
      const result = await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
      return result.rows as R[];
    },
    owe(statements) {
      owed.push(statements);
    },
    async settled() {
      const all = owed;
      owed = [];
      const failed = (await Promise.allSettled(all)).find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
  sessions.set(client, session);
  return session;
}

/** Lets kysely speak through a connection that has its transaction already. */
class ClientDialect implements Dialect {
  readonly #client: ClientBase;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  createDriver(): Driver {
    return new ClientDriver(this.#client);
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}

class ClientDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(client: ClientBase) {
    this.#connection = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, rowCount } = await client.query({ text: sql, values: [...parameters] });
        return { rows: rows as R[], ...(rowCount === null ? {} : { numAffectedRows: BigInt(rowCount) }) };
      },
      streamQuery() {
        throw new Error('results are read in pages, not streamed');
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}

  async beginTransaction(): Promise<void> {
    throw new Error('the database begins transactions');
  }

  async commitTransaction(): Promise<void> {
    throw new Error('the database commits transactions');
  }

  async rollbackTransaction(): Promise<void> {
    throw new Error('the database rolls transactions back');
  }
}
