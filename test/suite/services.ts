import { sharedPostgres } from '../support/postgres.js';
import { sharedRedis } from '../support/redis.js';

/*
 * What test files lean on and share: started when the first part needs it, ended with this process. Each file finds it by its variable; a
 * file that runs alone finds none and starts its own.
 */

/** Runs with PostgreSQL and Redis at hand, which are installed first if they are missing. */
export async function withServices<T>(run: () => Promise<T>): Promise<T> {
  const [postgres, redis] = await Promise.all([sharedPostgres(), sharedRedis()]);
  return withEnvironment({ PARLEY_TEST_POSTGRES_URL: postgres, PARLEY_TEST_REDIS_URL: redis }, run);
}

/** Runs the servers of tests on PostgreSQL, and fewer runs of what is tried at random: their kind was tried on SQLite already. */
export function onPostgres<T>(run: () => Promise<T>): Promise<T> {
  return withServices(() => withEnvironment({ PARLEY_TEST_ENGINE: 'postgres', PARLEY_TEST_RUNS: '6' }, run));
}

/** The files that run run with these variables, and nothing after them does. */
async function withEnvironment<T>(variables: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  Object.assign(process.env, variables);
  try {
    return await run();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
