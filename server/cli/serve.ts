import { createLogger } from '../logger.js';
import { createServer } from '../server.js';
import type { Command } from './command.js';
import { done, withConfig } from './command.js';

/** ms */
const SAME_SIGNAL = 500;

export const serve: Command = {
  name: 'serve',
  summary: ['run the server'],
  run: withConfig(async ({ config }) => {
    const logger = createLogger(config.logLevel);
    // Later than the server is made: a store may be lost at any time.
    const { promise: failure, resolve: onFailure } = Promise.withResolvers<Error>();
    const server = await createServer(config, { logger, onFailure, processMetrics: true });
    // After an error that nobody caught, the state is not known: what was acknowledged is on disk, and a supervisor starts anew.
    const die = (error: unknown) => {
      logger.fatal({ err: error }, 'uncaught error');
      process.exit(1);
    };
    process.on('uncaughtException', die);
    process.on('unhandledRejection', die);
    const stopped = new Promise<void>((resolve, reject) => {
      const stop = () => {
        server.close().then(resolve, reject);
        // A second one does not wait; what comes at once is the same Ctrl-C again, from the terminal and handed on by npm.
        const asked = performance.now();
        const hurry = () => performance.now() - asked > SAME_SIGNAL && process.exit(1);
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hurry);
      };
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    });
    try {
      const { url } = await server.listen();
      process.stdout.write(`Parley serves on ${url}\n`);
    } catch (error) {
      await server.close();
      throw error;
    }
    if (config.origins.length === 0) logger.warn('PARLEY_ORIGINS is not set: no browser may connect');
    const failedBy = await Promise.race([stopped, failure]);
    if (failedBy) {
      process.stderr.write(`parley: ${failedBy.message}\n`);
      await server.close();
    }
    // A long poll that was cut off keeps its timer for 30 s; nobody is left to wait for it.
    setTimeout(() => process.exit(failedBy ? 1 : 0), 200).unref();
    return failedBy ? { code: 1, lines: [] } : done();
  }),
};
