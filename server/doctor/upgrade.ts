import { createHash, randomBytes } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { reasonOf } from './finding.js';

export type UpgradeResult =
  | { outcome: 'open'; milliseconds: number }
  | { outcome: 'forbidden' }
  | { outcome: 'answered'; status: number }
  | { outcome: 'failed'; reason: string };

const LONGEST_REASON = 100;
/** RFC 6455 1.3 */
const WEBSOCKET_ID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Opens a WebSocket as a page of `origin` does and waits for the first word of Engine.IO: a proxy may answer 101 and then pass nothing on.
 * By hand, because Node's own WebSocket says no Origin.
 */
export function tryUpgrade(server: URL, origin: string | undefined, patience: number): Promise<UpgradeResult> {
  const key = randomBytes(16).toString('base64');
  const begun = performance.now();
  return new Promise((resolve) => {
    const request = (server.protocol === 'https:' ? tlsRequest : plainRequest)(new URL('/socket.io/?EIO=4&transport=websocket', server), {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': key,
        ...(origin === undefined ? {} : { Origin: origin }),
      },
    });
    const end = (result: UpgradeResult) => {
      clearTimeout(timer);
      request.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end({ outcome: 'failed', reason: `no word within ${patience / 1_000} s` }), patience);
    request.on('error', (error) => end({ outcome: 'failed', reason: reasonOf(error) }));
    request.on('response', (response) => {
      // Parley answers with one word why it refuses; a proxy with a page of its own.
      let said = '';
      response.on('data', (more: Buffer) => (said = (said + more.toString()).slice(0, LONGEST_REASON)));
      response.on('close', () => {
        const status = response.statusCode ?? 0;
        end(said === 'origin' ? { outcome: 'forbidden' } : { outcome: 'answered', status });
      });
    });
    request.on('upgrade', (response, socket, head) => {
      const expected = createHash('sha1')
        .update(key + WEBSOCKET_ID)
        .digest('base64');
      if (response.headers['sec-websocket-accept'] !== expected) {
        socket.destroy();
        return end({ outcome: 'failed', reason: 'somebody who is no WebSocket server answered' });
      }
      let heard = head;
      const hear = (more: Buffer) => {
        heard = Buffer.concat([heard, more]);
        // A text frame that begins with Engine.IO's `open` packet.
        if (!/^[^]{2,4}0\{"sid":/.test(heard.toString('latin1'))) return;
        socket.destroy();
        end({ outcome: 'open', milliseconds: performance.now() - begun });
      };
      socket.on('error', (error) => end({ outcome: 'failed', reason: reasonOf(error) }));
      socket.on('close', () => end({ outcome: 'failed', reason: 'closed before its first word' }));
      socket.on('data', hear);
      hear(Buffer.alloc(0));
    });
    request.end();
  });
}
