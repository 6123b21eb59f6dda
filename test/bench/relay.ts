import { randomUUID } from 'node:crypto';
import { Server } from 'socket.io';

/**
 * The floor: a bare Socket.IO server that speaks as much of the protocol as the load needs, and does nothing for it. No token is
 * checked, nothing is validated, limited, counted or stored. What Parley costs is what lies between this and Parley.
 */
interface Message {
  conversation: string;
  cid: string;
  text: string;
  links: unknown[];
}
type Acknowledge = (answer: unknown) => void;

const io = new Server(Number(process.argv[2]), { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const heads = new Map<string, number>();

io.on('connection', (socket) => {
  const author = String(socket.handshake.auth['as']);
  void socket.join(`user:${author}`);
  socket.on('conversation:create', ({ members }: { members: string[] }, acknowledge: Acknowledge) => {
    const id = randomUUID();
    heads.set(id, 1);
    for (const member of [author, ...members]) io.in(`user:${member}`).socketsJoin(`conversation:${id}`);
    acknowledge({ ok: true, data: { conversation: { id } } });
  });
  socket.on('message:send', ({ conversation, cid, text, links }: Message, acknowledge: Acknowledge) => {
    const seq = (heads.get(conversation) ?? 0) + 1;
    const at = Date.now();
    heads.set(conversation, seq);
    acknowledge({ ok: true, data: { cid, seq, at, epoch: '', duplicate: false } });
    io.to(`conversation:${conversation}`).emit('entry:added', {
      entry: { conversation, seq, cid, author, at, body: { kind: 'message', text, links } },
    });
  });
  socket.emit('session:started', {});
});
io.httpServer.on('listening', () => process.send?.('ready'));
