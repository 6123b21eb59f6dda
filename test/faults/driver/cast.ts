import type { Random } from '../../support/random.js';
import type { History } from './history.js';
import { Writer } from './writer.js';

/** Who writes where: every writer is in several conversations, groups and direct ones. */
export interface Cast {
  writers: Writer[];
  /** The members of each conversation. */
  conversations: Map<string, Writer[]>;
}

const GROUP_SIZE = 5;

/** Signs everybody in, which also puts them into the directory, and starts the conversations: half of the writers' number as groups, and a direct one per pair. */
export async function assemble(
  url: string,
  count: number,
  history: History,
  random: Random,
  token: (user: string) => Promise<string>,
): Promise<Cast> {
  const writers = Array.from({ length: count }, (_, index) => {
    const user = `writer-${String(index + 1).padStart(2, '0')}`;
    return new Writer(user, history, random, () => token(user));
  });
  await Promise.all(writers.map((writer) => writer.connect(url)));
  const conversations = new Map<string, Writer[]>();
  for (let index = 0; index < Math.ceil(count / 2); index += 1) {
    const members = Array.from({ length: Math.min(GROUP_SIZE, count) }, (_, offset) => writers[(2 * index + 3 * offset) % count]).filter(
      (one) => one !== undefined,
    );
    await start(conversations, [...new Set(members)], `Group ${String(index + 1)}`);
  }
  for (let index = 0; index + 1 < count; index += 2) {
    await start(conversations, writers.slice(index, index + 2));
  }
  return { writers, conversations };
}

async function start(conversations: Map<string, Writer[]>, members: Writer[], title?: string): Promise<void> {
  const [first, ...others] = members;
  if (first === undefined || others.length === 0) return;
  const { conversation } = await first.ask('conversation:create', {
    cid: first.newId(),
    kind: title === undefined ? 'direct' : 'group',
    members: others.map((one) => one.user),
    ...(title === undefined ? {} : { title }),
  });
  conversations.set(conversation.id, members);
}

export function conversationsOf(cast: Cast, writer: Writer): string[] {
  return [...cast.conversations].filter(([, members]) => members.includes(writer)).map(([id]) => id);
}
