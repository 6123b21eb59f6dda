import type { Held } from './sign-in.js';

interface Started {
  synced?: {
    epoch: string;
    revision: number;
    heads: { conversation: string; head: number }[];
    state: { conversations: { id: string; updatedAt: number }[] } | null;
  };
}

/** What `session:started` says; the relay's says nothing. */
function readStarted(frame: string): Started {
  const [, payload] = JSON.parse(frame.slice(frame.indexOf('['))) as [string, Started];
  return payload;
}

/** Null at the relay. */
export function newestConversation(frame: string): string | null {
  return readStarted(frame).synced?.state?.conversations[0]?.id ?? null;
}

/** What a client goes on from after a reconnect. */
export interface Position extends Held {
  heads: ReadonlyMap<string, number>;
}

/** Null at the relay. */
export function positionOf(frame: string): Position | null {
  const { synced } = readStarted(frame);
  if (!synced) return null;
  const heads = new Map(synced.heads.map(({ conversation, head }) => [conversation, head]));
  return { epoch: synced.epoch, revision: synced.revision, heads };
}
