import { connect } from './connection.js';

/** What a database says of itself and of the role that is used. */
export interface PostgresReport {
  /** Such as `17.2`. */
  version: string;
  role: string;
  /** Row-level security does not hold for this role. */
  bypassesRowSecurity: boolean;
  /** What is written now is refused: a standby, or a database that is set so. */
  readOnly: boolean;
  /** `fsync` and `synchronous_commit`, as `on`. */
  durability: { fsync: string; synchronousCommit: string };
  /** Connections that the database takes at all. */
  connections: number;
}

/** For `parley doctor`; nothing is written. @throws Error when the database does not answer. */
export async function reportPostgres(url: string): Promise<PostgresReport> {
  const client = await connect(url);
  try {
    const { rows } = await client.query<{
      version: string;
      role: string;
      bypasses: boolean;
      readonly: string;
      fsync: string;
      commits: string;
      connections: string;
    }>(
      `SELECT current_setting('server_version') AS version, current_user AS role,
         (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS bypasses,
         CASE WHEN pg_is_in_recovery() THEN 'on' ELSE current_setting('transaction_read_only') END AS readonly,
         current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
         current_setting('max_connections') AS connections`,
    );
    const [row] = rows;
    if (!row) throw new Error('the database answered nothing');
    return {
      version: row.version,
      role: row.role,
      bypassesRowSecurity: row.bypasses,
      readOnly: row.readonly === 'on',
      durability: { fsync: row.fsync, synchronousCommit: row.commits },
      connections: Number(row.connections),
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}
