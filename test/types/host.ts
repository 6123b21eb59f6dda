/*
 * What a host developer writes against the published names. It is compiled and never run: consumer.test.ts compiles it once
 * more as a customer does, against what is in dist/.
 */
import {
  createParley,
  ERRORS,
  LIMITS,
  ParleyError,
  type Connection,
  type ContextLink,
  type HostContext,
  type Parley,
  type Session,
  type TimelineItem,
} from 'parley-chat';
import { commands, PROTOCOL_VERSION, type CommandReply } from 'parley-chat/protocol';
import { createServer, mintToken, type ParleyServer } from 'parley-chat/server';
import type { ChatPanel, Launcher } from 'parley-chat/widgets';

const host: HostContext = {
  study: {
    noun: 'examination',
    icon: 'study',
    getCurrent: (): ContextLink | null => ({ kind: 'study', id: '1.2.840.113619', context: { series: '2' } }),
    resolve: async ({ id }) => (id === '' ? { denied: true } : { title: 'MR hip', subtitle: 'today' }),
    open: ({ id }) => void id,
  },
};

export async function embed(token: string): Promise<Parley> {
  const parley = createParley({ server: 'https://chat.hospital.example', token: ({ reason }) => `${token}${reason}`, host });
  parley.connection$.subscribe(({ state, retryAt }: Connection) => void [state, retryAt]);
  try {
    const session: Session = await parley.connect();
    const conversation = await session.startChat({ to: ['anna'], text: 'Hello' });
    session.timeline(conversation.id).items$.subscribe((items: readonly TimelineItem[]) => void items.length);
    const sent: CommandReply<'message:send'>['seq'] = conversation.head;
    void [sent, session.info.user.name, LIMITS.messageLength, commands['message:send'], PROTOCOL_VERSION];
  } catch (error) {
    if (error instanceof ParleyError && error.retryable) void ERRORS[error.code].meaning;
  }
  return parley;
}

export function elements(page: Document): [ChatPanel | null, Launcher | null] {
  return [page.querySelector('parley-chat-panel'), page.querySelector('parley-launcher')];
}

export async function serve(secret: string): Promise<ParleyServer> {
  const server = await createServer({ port: 0, secret });
  await server.listen();
  await mintToken({ secret, sub: 'anna', tenant: 'hospital', name: 'Anna' });
  return server;
}

// @ts-expect-error a server address is required
createParley({ token: () => 'x' });
// @ts-expect-error a denied link has no title to show
export const denied: Awaited<ReturnType<NonNullable<HostContext['x']['resolve']>>> = { denied: false };
