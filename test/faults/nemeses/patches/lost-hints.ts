import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Adapter } from 'socket.io-adapter';
import { seededRandom } from '../../../support/random.js';

/*
 * Loaded with `--import` into a server: a share of what is fanned out never reaches this node's clients, whether it comes from this node or
 * by Redis from another. Connections stay up, so only the numbers and the heads digest can tell. Each loss is a line of a file in the folder
 * FAULTS_LOST: whoever claims something counts those.
 */
const SHARE = Number(process.env['FAULTS_LOSS'] ?? 0);
const HINTS: ReadonlySet<unknown> = new Set(['entry:added', 'state:changed', 'receipt:moved']);
const FOLDER = process.env['FAULTS_LOST'];
const random = seededRandom(Number(process.env['FAULTS_SEED'] ?? process.pid));

interface Fanned {
  data?: unknown[];
}

interface Fanning {
  broadcast(packet: Fanned, options: { rooms: ReadonlySet<string> }): void;
}

const { broadcast } = Adapter.prototype as unknown as Fanning;

(Adapter.prototype as unknown as Fanning).broadcast = function (this: Adapter, packet, options) {
  const event = packet.data?.[0];
  // Where nobody of the room is connected to, nothing is lost.
  const heard = [...options.rooms].some((room) => (this.rooms.get(room)?.size ?? 0) > 0);
  if (HINTS.has(event) && heard && random.next() < SHARE) {
    if (FOLDER !== undefined) appendFileSync(join(FOLDER, String(process.pid)), `${String(event)}\n`);
    return;
  }
  broadcast.call(this, packet, options);
};
