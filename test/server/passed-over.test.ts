import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { v7 } from 'uuid';
import { TestClient, startServer } from '../support/server.js';
import { spoil } from '../support/spoilt-storage.js';

/** Ann is connected, bob is in a chat with her; what `meanwhile` holds is done in turn, each when the store has said who bob is and the server has not heard it. */
async function setTheStage(t: { after(end: () => Promise<void>): void }) {
  const donor = await startServer();
  const { storage } = donor.server;
  const meanwhile: (() => Promise<unknown>)[] = [];
  const server = await startServer({
    // Only the digest tells what others committed; nobody looks for who was revoked.
    timings: { headsDigest: 20, revocationCheck: 3_600_000, revocationFresh: 3_600_000 },
    parts: {
      storage: spoil(storage, {
        async signIn(...args) {
          const read = await storage.signIn(...args);
          if (args[1] === 'bob') await meanwhile.shift()?.();
          return read;
        },
        close: () => Promise.resolve(),
      }),
    },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  const ann = await server.connect('ann');
  (await server.connect('bob')).close();
  const conversation = await ann.startConversation('bob');
  /** Commits as another node does, and waits until the digest has told everybody who has begun. */
  const commitElsewhere = async (head: number): Promise<void> => {
    const body = { kind: 'message' as const, text: 'of another node', links: [] };
    await storage.append({ tenant: 'demo', author: 'ann', conversation, cid: v7(), body });
    await ann.event('heads:digest', ({ heads }) => heads.some((told) => told.conversation === conversation && told.head === head));
  };
  return { server, storage, conversation, meanwhile, commitElsewhere };
}

describe('a digest that comes while a session begins', () => {
  test('[H1] [D6] what it says is in what the session starts with, however often one comes', async (t) => {
    const { server, conversation, meanwhile, commitElsewhere } = await setTheStage(t);
    meanwhile.push(
      () => commitElsewhere(2),
      () => commitElsewhere(3),
      () => commitElsewhere(4),
    );
    const bob = await server.connect('bob');
    const { synced } = await bob.event('session:started');
    assert.deepEqual(synced.heads, [{ conversation, head: 4 }]);
    assert.equal(meanwhile.length, 0);
  });

  test('[H1] [G13] who was deactivated by what is read again for it does not come in', async (t) => {
    const { server, storage, meanwhile, commitElsewhere } = await setTheStage(t);
    meanwhile.push(
      () => commitElsewhere(2),
      async () => {
        await commitElsewhere(3);
        await storage.deactivatePerson('demo', 'bob');
      },
    );
    const bob = new TestClient(server.url, 'bob', await server.token('bob'));
    t.after(() => Promise.resolve(bob.close()));
    await bob.until(() => bob.events.length > 0);
    assert.deepEqual(
      bob.events.map(({ name }) => name),
      ['session:ended'],
    );
  });
});
