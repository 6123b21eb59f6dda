import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import type { Publication, PublicationListener } from '../../server/cluster/publication.js';
import { startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

/** Remembers what was told, and tells it again as another node would whose message came late. */
class EchoingCluster extends MemoryCluster {
  readonly #told: Publication[] = [];
  readonly #listeners: PublicationListener[] = [];

  constructor() {
    super({ shared: true });
    super.onPublication((publication) => this.#told.push(publication));
  }

  override onPublication(listener: PublicationListener): void {
    this.#listeners.push(listener);
    super.onPublication(listener);
  }

  /** What the wishes not to be disturbed, or to be disturbed again, made the node tell until now. */
  wishes(held: boolean): Publication[] {
    const availability = held ? 'dnd' : 'available';
    return this.#told.filter((told) =>
      told.type === 'state'
        ? told.change.type === 'settings' && told.change.settings.availability === availability
        : told.type === 'hearing' && told.held === held,
    );
  }

  echo(publications: readonly Publication[]): void {
    for (const publication of publications) for (const listener of this.#listeners) listener(publication, false);
  }
}

const set = (client: TestClient, availability: 'available' | 'dnd') => client.command('presence:set', { availability });

describe('what another node committed before, and tells after', () => {
  let cluster: EchoingCluster;
  let server: TestServer;
  let ann: TestClient;
  let bob: TestClient;
  let direct: string;
  beforeEach(async () => {
    cluster = new EchoingCluster();
    server = await startServer({ parts: { cluster } });
    [ann, bob] = [await server.connect('ann'), await server.connect('bob')];
    direct = await bob.startConversation('ann');
    await ann.event('entry:added');
    await bob.command('presence:subscribe', { users: ['ann'] });
  });
  afterEach(async () => {
    for (const client of [ann, bob]) client.close();
    await server.close();
  });

  test('[S6] a wish not to be disturbed that has ended keeps nobody out, and nobody sees it', async () => {
    await set(ann, 'dnd');
    await set(ann, 'available');
    const seen = bob.events.length;
    cluster.echo(cluster.wishes(true));
    const { seq } = await bob.send(direct, 'hello');
    await ann.event('entry:added', ({ entry }) => entry.seq === seq);
    const { presences } = await bob.command('presence:subscribe', { users: ['ann'] });
    assert.equal(presences[0]?.presence.availability, 'available');
    const told = bob.events.slice(seen).filter(({ name }) => name === 'member:held' || name === 'presence:changed');
    assert.deepEqual(told, []);
  });

  test('[S6, N2] the end of an earlier wish lets nobody in who wants not to be disturbed now', async () => {
    await set(ann, 'dnd');
    await set(ann, 'available');
    const ended = cluster.wishes(false);
    await set(ann, 'dnd');
    ann.events.length = 0;
    cluster.echo(ended);
    await bob.send(direct, 'hello');
    await ann.command('session:heads', {});
    const heard = ann.events.filter(({ name }) => name === 'entry:added' || name === 'heads:digest');
    assert.deepEqual(heard, []);
    const { presences } = await bob.command('presence:subscribe', { users: ['ann'] });
    assert.equal(presences[0]?.presence.availability, 'dnd');
  });
});
