import { randomUUID } from 'node:crypto';
import { Server } from 'socket.io';
import { FlushedLog } from './flushed-log.js';

/**
 * The floor: a bare Socket.IO server that speaks as much of the protocol as the load needs, and does nothing for it. No token is
 * checked, nothing is validated, limited, counted or stored. What Parley costs is what lies between this and Parley.
 *
 * With a file behind the port it passes a message on when a line of it is on the disk, and not before: what the promise costs that an
 * accepted message is never lost, whoever makes it.
 */
interface Message {
  conversation: string;
  cid: string;
  text: string;
  links: unknown[];
}
interface Page {
  after?: number;
  before?: number;
  limit: number;
}
type Acknowledge = (answer: unknown) => void;

const [, , port, file] = process.argv;
const log = file === undefined ? undefined : new FlushedLog(file);
const io = new Server(Number(port), { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const heads = new Map<string, number>();
/** Every conversation is as long for whom it reads, and made of the same entry. */
const LENGTH = 100_000;
const entry = {
  conversation: randomUUID(),
  cid: randomUUID(),
  author: 'user-0',
  at: Date.now(),
  body: { kind: 'message', text: 'The left lung shows a small opacity, please compare with the earlier examination', links: [] },
};

io.on('connection', (socket) => {
  const author = String(socket.handshake.auth['as']);
  void socket.join(`user:${author}`);
  socket.on('conversation:create', ({ members }: { members: string[] }, acknowledge: Acknowledge) => {
    const id = randomUUID();
    heads.set(id, 1);
    enter(id, [author, ...members]);
    acknowledge({ ok: true, data: { conversation: { id } } });
  });
  socket.on('conversation:invite', ({ conversation, users }: { conversation: string; users: string[] }, acknowledge: Acknowledge) => {
    enter(conversation, users);
    acknowledge({ ok: true, data: { seq: heads.get(conversation) } });
  });
  socket.on('message:send', ({ conversation, cid, text, links }: Message, acknowledge: Acknowledge) => {
    const seq = (heads.get(conversation) ?? 0) + 1;
    const at = Date.now();
    heads.set(conversation, seq);
    const sent = { conversation, seq, cid, author, at, body: { kind: 'message', text, links } };
    const tell = (): void => {
      acknowledge({ ok: true, data: { cid, seq, at, epoch: '', duplicate: false } });
      io.to(`conversation:${conversation}`).emit('entry:added', { entry: sent });
    };
    if (log) log.append(JSON.stringify(sent), tell);
    else tell();
  });
  socket.on('entry:range', ({ after, before = LENGTH + 1, limit }: Page, acknowledge: Acknowledge) => {
    const from = after === undefined ? Math.max(1, before - limit) : after + 1;
    const to = Math.min(from + limit - 1, LENGTH);
    const entries = Array.from({ length: to - from + 1 }, (_, index) => ({ ...entry, seq: from + index }));
    acknowledge({ ok: true, data: { epoch: '', entries, from, to, head: LENGTH, floor: 1 } });
  });
  socket.on('message:search', ({ limit }: { limit: number }, acknowledge: Acknowledge) => {
    const hits = Array.from({ length: limit }, (_, index) => ({ ...entry, seq: index + 1 }));
    acknowledge({ ok: true, data: { hits, conversations: [], people: [], next: null } });
  });
  socket.emit('session:started', {});
});
io.httpServer.on('listening', () => process.send?.('ready'));

function enter(conversation: string, users: readonly string[]): void {
  for (const user of users) io.in(`user:${user}`).socketsJoin(`conversation:${conversation}`);
}
