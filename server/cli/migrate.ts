import { withoutSecrets } from '../config-sources.js';
import { migrateStore, missingSteps } from '../storage/open-storage.js';
import { done, failed, withConfig } from './command.js';
import type { Command } from './command.js';

/** Beside the nodes that have the store open where the engine is PostgreSQL. */
export const migrateCommand: Command = {
  name: 'migrate',
  usage: '[--check]',
  summary: ['bring the schema of the store up to date; with --check only say whether something is missing (exit code 1)'],
  switches: ['check'],
  keyless: true,
  run: withConfig(async ({ config, switches }) => {
    const where = config.databaseUrl === undefined ? config.data : withoutSecrets(config.databaseUrl);
    if (switches['check']) {
      const missing = await missingSteps(config);
      if (missing.length === 0) return done(`The schema of ${where} is up to date.`);
      return failed(`The schema of ${where} needs ${steps(missing)}: run "parley migrate".`);
    }
    const made = await migrateStore(config);
    if (made.length === 0) return done(`The schema of ${where} is up to date; nothing was to do.`);
    return done(`The schema of ${where} is up to date; done: ${steps(made)}.`);
  }),
};

const steps = (numbers: readonly number[]): string => `${numbers.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')}`;
