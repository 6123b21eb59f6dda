import type { TestRunnerPlugin } from '@web/test-runner-core';

/**
 * Real servers for tests that run in the browser: `executeServerCommand('parley-server', payload)` of
 * @web/test-runner-commands. Each started server is the test's own; what a test file leaves behind is closed at the end.
 */
export type ParleyServerCommand =
  /** Answers `{ id, url }`. `options` is what `startServer` of server.ts takes; the runner's own origin is admitted. */
  | { op: 'start'; options?: Record<string, unknown> }
  /** Answers `{ token }` for the user, with these claims besides. */
  | { op: 'token'; id: string; sub: string; claims?: Record<string, unknown> }
  /** Closes it in order: what was accepted is answered. */
  | { op: 'stop'; id: string }
  /** Cuts every connection without a word, where the server under test can; otherwise as stop. */
  | { op: 'kill'; id: string }
  /** Closes it and starts it again at the same address over the same data. */
  | { op: 'restart'; id: string };

/** What this plugin needs of server.ts. */
interface StartedServer {
  url: string;
  port: number;
  token(sub: string, claims?: Record<string, unknown>): string | Promise<string>;
  close(): Promise<void>;
  kill?(): Promise<void>;
}

interface Running {
  server: StartedServer;
  options: Record<string, unknown>;
}

export function parleyServer(): TestRunnerPlugin {
  const running = new Map<string, Running>();
  let origin = '';
  let last = 0;

  async function start(options: Record<string, unknown>): Promise<StartedServer> {
    // Loaded when it is first asked for: most element tests need no server.
    const module = (await import(new URL('server.js', import.meta.url).href)) as { startServer(options: object): Promise<StartedServer> };
    return module.startServer({ origins: [origin], ...options });
  }

  function find(id: string): Running {
    const found = running.get(id);
    if (!found) throw new Error(`No server ${id} was started here.`);
    return found;
  }

  async function run(command: ParleyServerCommand): Promise<Record<string, string>> {
    switch (command.op) {
      case 'start': {
        const options = command.options ?? {};
        const id = `server-${++last}`;
        const server = await start(options);
        running.set(id, { server, options });
        return { id, url: server.url };
      }
      case 'token':
        return { token: await find(command.id).server.token(command.sub, command.claims) };
      case 'stop':
      case 'kill': {
        const { server } = find(command.id);
        running.delete(command.id);
        await (command.op === 'kill' && server.kill ? server.kill() : server.close());
        return {};
      }
      case 'restart': {
        const found = find(command.id);
        await found.server.close();
        found.server = await start({ ...found.options, port: found.server.port });
        return { id: command.id, url: found.server.url };
      }
    }
  }

  return {
    name: 'parley-server',
    serverStart({ config }) {
      origin = `http://${config.hostname}:${config.port}`;
    },
    async serverStop() {
      await Promise.all([...running.values()].map(({ server }) => server.close()));
    },
    async executeCommand({ command, payload }) {
      // The runner takes undefined for "not mine" and would ask the next plugin.
      return command === 'parley-server' ? run(payload as ParleyServerCommand) : undefined;
    },
  };
}
