import { startNodes } from '../support/nodes.js';
import { BackEnd } from '../support/back-end.js';
import { SETTINGS, sqliteGround } from './authorisation-ground.js';
import type { GroundKind } from './authorisation-ground.js';

/** Two nodes on one PostgreSQL and one Redis; who asks is at the same node as the others, or at the other one. */
function postgresGround(where: 'same node' | 'other node', transports: GroundKind['transports']): GroundKind {
  return {
    name: `PostgreSQL, ${where}`,
    transports,
    async start() {
      const nodes = await startNodes(2, SETTINGS);
      await nodes.heard();
      const [here, there] = nodes.nodes;
      if (!here || !there) throw new Error('two nodes were started');
      const asked = where === 'same node' ? here : there;
      return {
        connect: (user, options) => here.connect(user, options),
        connectAsker: (user, options) => asked.connect(user, options),
        askerUrl: asked.url,
        token: (user, claims) => here.token(user, claims),
        storage: here.server.storage,
        setPolicies: (tenant, change) => new BackEnd(here, tenant).decide(change),
        close: () => nodes.close(),
      };
    },
  };
}

const BOTH = ['websocket', 'polling'] as const;
const everything = process.env['PARLEY_TEST_MATRIX'] === 'all';

/**
 * Every ground on which the matrix is asked. From day to day each engine, each place of a node and each transport is among them; with
 * `PARLEY_TEST_MATRIX=all` so is each combination.
 */
export const grounds: readonly GroundKind[] = [
  sqliteGround,
  postgresGround('same node', everything ? BOTH : ['websocket']),
  postgresGround('other node', everything ? BOTH : ['polling']),
];
