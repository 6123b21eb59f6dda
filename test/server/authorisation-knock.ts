import { WebSocket } from 'ws';

/**
 * Sends a command on a transport without ever saying who one is, and gives what Socket.IO answered to it: the packets that are
 * acknowledgements or events. The transport itself is opened, because a token comes with the first packet on it.
 */
export async function knock(url: string, transport: 'websocket' | 'polling', command: string, payload: object): Promise<string[]> {
  const packet = `420${JSON.stringify([command, payload])}`;
  return (transport === 'websocket' ? byWebSocket : byPolling)(url, packet);
}

const isAnswer = (packet: string): boolean => /^4[23]/.test(packet);

async function byWebSocket(url: string, packet: string): Promise<string[]> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const received: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      received.push(text);
      if (!text.startsWith('0')) return;
      socket.send(packet);
      // What comes after it shows that it was dealt with: a connection without a name is refused one.
      socket.send('40{}');
    });
    socket.on('message', (data: Buffer) => data.toString().startsWith('44') && socket.close());
  });
  return received.filter(isAnswer);
}

async function byPolling(url: string, packet: string): Promise<string[]> {
  const address = `${url}/socket.io/?EIO=4&transport=polling`;
  const opened = (await (await fetch(address)).text()).slice(1);
  const { sid } = JSON.parse(opened) as { sid: string };
  const posted = await fetch(`${address}&sid=${sid}`, { method: 'POST', body: `${packet}\u001e40{}` });
  const got = posted.ok ? await (await fetch(`${address}&sid=${sid}`)).text() : '';
  return got.split('\u001e').filter(isAnswer);
}
