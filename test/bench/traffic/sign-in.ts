import { v4, v7 } from 'uuid';
import { LIMITS, PROTOCOL_VERSION } from '#protocol';
import { signToken } from '../../support/server-process.js';
import type { Job } from '../job.js';
import { userOf } from '../stores/plan.js';
import { WireClient } from '../wire.js';

/** Sign-ins under way at once: a storm of them is another measurement. */
const AT_ONCE = 20;

/** What a client shows at a reconnect, so that it is not sent again. */
export interface Held {
  epoch: string;
  revision: number;
}

export async function credentials(job: Job, user: string, held?: Held): Promise<object> {
  return { token: await signToken(job.secret, user), protocol: PROTOCOL_VERSION, device: v4(), as: user, ...held };
}

export async function signIn(job: Job, user: string): Promise<WireClient> {
  return WireClient.connect(job.url, user, await credentials(job, user));
}

/** `user-<from>` and on. */
export async function signInAll(job: Job, count: number, from = 0): Promise<WireClient[]> {
  const clients: WireClient[] = [];
  for (let done = 0; done < count; done += AT_ONCE) {
    const users = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, index) => userOf(from + done + index));
    clients.push(...(await Promise.all(users.map((user) => signIn(job, user)))));
  }
  return clients;
}

/** A conversation of these people; `head` is its last entry. */
export async function create(client: WireClient, others: readonly WireClient[]): Promise<{ conversation: string; head: number }> {
  const users = others.map((other) => other.user);
  const kind = users.length === 1 ? 'direct' : 'group';
  const first = users.slice(0, LIMITS.membersPerCommand - 1);
  const made = await client.ask<{ conversation: { id: string; head?: number } }>('conversation:create', {
    cid: v7(),
    kind,
    members: first,
  });
  const { id: conversation } = made.conversation;
  let head = made.conversation.head ?? 1;
  for (let from = first.length; from < users.length; from += LIMITS.membersPerCommand) {
    const more = { conversation, cid: v7(), users: users.slice(from, from + LIMITS.membersPerCommand) };
    ({ seq: head } = await client.ask<{ seq: number }>('conversation:invite', more));
  }
  return { conversation, head };
}
