/** What the demo host can be told by its environment. */
export interface DemoSettings {
  /** PARLEY_DEMO_PORT: where the demo host listens. */
  port: number;
  /** PARLEY_PORT: where the Parley server listens. */
  parleyPort: number;
  /** PARLEY_DATA: folder of the database, the key and the images. */
  data: string;
}

/** Something that the person who started the demo can put right; said in one line, without a stack. */
export class StartProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartProblem';
  }
}

/** @throws StartProblem naming the variable that cannot be used. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): DemoSettings {
  const settings = {
    port: port(env, 'PARLEY_DEMO_PORT', 4000),
    parleyPort: port(env, 'PARLEY_PORT', 4100),
    data: env['PARLEY_DATA'] || 'data',
  };
  if (settings.port === settings.parleyPort)
    throw new StartProblem('PARLEY_PORT and PARLEY_DEMO_PORT are the same; each needs a port of its own.');
  return settings;
}

/** How a port that somebody else has is reported. */
export function portTaken(variable: string, taken: number): StartProblem {
  return new StartProblem(
    `Port ${String(taken)} is in use by another program. Set ${variable} to a free one, such as ${variable}=${String(taken + 10)}.`,
  );
}

function port(env: Readonly<Record<string, string | undefined>>, variable: string, otherwise: number): number {
  const value = env[variable];
  if (value === undefined || value === '') return otherwise;
  if (!/^\d+$/.test(value) || Number(value) < 1 || Number(value) > 65_535)
    throw new StartProblem(`${variable} must be a port between 1 and 65535.`);
  return Number(value);
}
