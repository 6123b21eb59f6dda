import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestRunnerPlugin } from '@web/test-runner';
import type { startServer, TestServer } from './server.js';
import { tcpProxy, type TcpProxy } from './tcp-proxy.js';

type Options = NonNullable<Parameters<typeof startServer>[0]>;

/**
 * Real servers for tests that run in the browser: `executeServerCommand('parley-server', payload)` of
 * @web/test-runner-commands. Each started server is the test's own; what a test file leaves behind is closed at the end.
 */
export type ParleyServerCommand =
  /** Answers `{ id, url }`. `options` is what `startServer` of server.ts takes; the runner's own origin is admitted. */
  | { op: 'start'; options?: Options }
  /** Answers `{ token }` for the user, with these claims besides. */
  | { op: 'token'; id: string; sub: string; claims?: Parameters<TestServer['token']>[1] }
  /** Breaks every connection; the next one passes. */
  | { op: 'cut'; id: string }
  /** Breaks every connection and refuses new ones until `restart`: to a page the server has died. */
  | { op: 'kill'; id: string }
  /** Starts it again at the same address over the same data. */
  | { op: 'restart'; id: string }
  /** Closes it and removes its data. */
  | { op: 'stop'; id: string };

interface Running {
  proxy: TcpProxy;
  server: TestServer;
  options: Options;
  data: string;
}

export function parleyServer(): TestRunnerPlugin {
  const running = new Map<string, Running>();
  let origin = '';
  let last = 0;

  async function launch(options: Options): Promise<TestServer> {
    // Loaded when it is first asked for: most element tests need no server.
    const module = await import('./server.js');
    return module.startServer({ origins: [origin], ...options });
  }

  async function start(options: Options): Promise<{ id: string; url: string }> {
    const data = await mkdtemp(join(tmpdir(), 'parley-test-'));
    const server = await launch({ ...options, data });
    const proxy = await tcpProxy(server.port);
    const id = `server-${++last}`;
    running.set(id, { proxy, server, options, data });
    return { id, url: `http://127.0.0.1:${proxy.port}` };
  }

  async function stop(id: string): Promise<void> {
    const { proxy, server, data } = find(id);
    running.delete(id);
    await proxy.close();
    await server.close();
    await rm(data, { recursive: true, force: true });
  }

  async function restart(id: string): Promise<void> {
    const found = find(id);
    await found.proxy.close();
    await found.server.close();
    found.server = await launch({ ...found.options, data: found.data });
    found.proxy.target = found.server.port;
    await found.proxy.open();
  }

  function find(id: string): Running {
    const found = running.get(id);
    if (!found) throw new Error(`No server ${id} was started here.`);
    return found;
  }

  async function run(command: ParleyServerCommand): Promise<Record<string, string>> {
    switch (command.op) {
      case 'start':
        return start(command.options ?? {});
      case 'token':
        return { token: await find(command.id).server.token(command.sub, command.claims) };
      case 'cut':
        find(command.id).proxy.cut();
        return {};
      case 'kill':
        await find(command.id).proxy.close();
        return {};
      case 'restart':
        await restart(command.id);
        return {};
      case 'stop':
        await stop(command.id);
        return {};
    }
  }

  return {
    name: 'parley-server',
    serverStart({ config }) {
      origin = `http://${config.hostname}:${config.port}`;
    },
    async serverStop() {
      await Promise.all([...running.keys()].map(stop));
    },
    async executeCommand({ command, payload }) {
      // The runner takes undefined for "not mine" and would ask the next plugin.
      return command === 'parley-server' ? run(payload as ParleyServerCommand) : undefined;
    },
  };
}
