import { Adapter } from 'socket.io-adapter';
import { seededRandom } from '../../../support/random.js';

/*
 * Loaded with `--import` into a server: a share of what is fanned out never reaches this node's clients, whether it comes from this node or
 * by Redis from another. Connections stay up, so only the numbers and the heads digest can tell.
 */
const SHARE = Number(process.env['FAULTS_LOSS'] ?? 0);
const HINTS: ReadonlySet<unknown> = new Set(['entry:added', 'state:changed', 'receipt:moved']);
const random = seededRandom(Number(process.env['FAULTS_SEED'] ?? process.pid));

interface Fanned {
  data?: unknown[];
}

const { broadcast } = Adapter.prototype as { broadcast(packet: Fanned, options: unknown): void };

(Adapter.prototype as { broadcast(packet: Fanned, options: unknown): void }).broadcast = function (this: Adapter, packet, options) {
  if (HINTS.has(packet.data?.[0]) && random.next() < SHARE) return;
  broadcast.call(this, packet, options);
};
