import { once } from 'node:events';
import type { Server } from 'node:http';
import { portTaken, StartProblem } from './settings.js';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** @throws StartProblem that names the variable when somebody else has the port. */
export async function listen(server: Server, port: number, variable: string): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') throw portTaken(variable, port);
    throw cause;
  }
}

export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * Runs a demo until Ctrl-C; `start` resolves to what ends all of it. A signal during the start waits for the start, so that nothing it has
 * begun is left behind.
 */
export function runUntilInterrupted(start: () => Promise<() => Promise<void>>): void {
  const started = start();
  let asked: number | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked !== null) {
        // One Ctrl-C comes twice: from the terminal, and handed on by npm. A person who presses again is slower.
        if (performance.now() - asked > 500) process.exit(1);
        return;
      }
      asked = performance.now();
      started
        .then((stop) => stop())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    });
  }
  started.catch((cause: unknown) => {
    process.stderr.write(
      cause instanceof StartProblem
        ? `${cause.message}\n`
        : `The demo could not be started: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
    );
    process.exit(1);
  });
}
