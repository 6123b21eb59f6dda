import { createDatabase, type TestDatabase } from './postgres.js';

/** The engine on which servers of tests run: SQLite, unless PARLEY_TEST_ENGINE says `postgres`. */
const ENGINE: 'sqlite' | 'postgres' = process.env['PARLEY_TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite';

const databases = new Map<string, TestDatabase>();

/** The database that stands for a data folder, the same one for as long as this process lives; undefined on SQLite. */
export async function databaseOf(directory: string): Promise<TestDatabase | undefined> {
  if (ENGINE === 'sqlite') return undefined;
  const known = databases.get(directory);
  if (known) return known;
  const made = await createDatabase();
  databases.set(directory, made);
  return made;
}

process.once('beforeExit', () => void Promise.all([...databases.values()].map((database) => database.drop())));
