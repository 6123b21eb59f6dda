import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ParleyError } from '#protocol';
import type { Storage } from '../../../server/storage/storage.js';
import { eventually } from '../../support/eventually.js';
import { startPostgres } from '../../support/postgres.js';
import type { PostgresServer } from '../../support/postgres.js';
import { tcpProxy } from '../../support/tcp-proxy.js';
import { TENANT, message, readAll, say, signUp, startGroup } from './builders.js';
import { openPostgres, withClient } from './postgres-stores.js';

const unavailable = (error: unknown) => error instanceof ParleyError && error.code === 'UNAVAILABLE';

describe('a PostgreSQL that is killed, stopped and held', () => {
  let server: PostgresServer;
  let url = '';
  let storage: Storage;
  let groups: string[] = [];
  before(async () => {
    server = await startPostgres();
    ({ url } = await server.createDatabase());
    storage = await openPostgres(url);
    await signUp(storage, ['ann', 'bob']);
    groups = await Promise.all(Array.from({ length: 4 }, () => startGroup(storage, 'ann', ['bob'])));
  });
  after(async () => {
    await storage.close();
    await server.close();
  });

  /** Ready again, and how many milliseconds after `since`. */
  const readyAfter = async (since: number) => {
    await eventually(
      () =>
        storage.ping().then(
          () => true,
          () => undefined,
        ),
      'the pool to come back',
    );
    return performance.now() - since;
  };

  test('[G3] [G6] nothing acknowledged is lost to kill -9, what failed is there once after it is sent again, and the pool comes back', async () => {
    const acknowledged = new Map<string, string>();
    const failed: ReturnType<typeof message>[] = [];
    for (let round = 0; round < 2; round += 1) {
      let writing = true;
      const enough = acknowledged.size + 200;
      const [quiet = '', ...busy] = groups;
      const writers = busy.flatMap((group) =>
        ['ann', 'bob'].map(async (author) => {
          while (writing) {
            const sent = message(group, author);
            try {
              const result = await storage.append(sent);
              assert.ok(result.status === 'appended' || result.status === 'duplicate');
              acknowledged.set(sent.cid, group);
            } catch (error) {
              assert.ok(unavailable(error), String(error));
              failed.push(sent);
              await delay(20);
            }
          }
        }),
      );
      await eventually(() => acknowledged.size >= enough || undefined, 'some messages');
      await server.machine.kill9();
      const down = message(quiet, 'ann');
      await assert.rejects(storage.append(down), unavailable);
      failed.push(down);
      await server.machine.start();
      const started = performance.now();
      const back = await readyAfter(started);
      assert.ok(back < 10_000, `${Math.round(back)} ms`);
      await eventually(() => acknowledged.size >= enough + 50 || undefined, 'messages after the crash');
      writing = false;
      await Promise.all(writers);
    }
    for (const sent of failed) {
      const result = await storage.append(sent);
      assert.ok(result.status === 'appended' || result.status === 'duplicate');
      acknowledged.set(sent.cid, sent.conversation);
    }
    const stored = new Map<string, string>();
    for (const group of groups) {
      const entries = (await readAll(storage, group, 'ann')).slice(1);
      entries.forEach((entry, index) => assert.equal(entry.seq, index + 2));
      for (const entry of entries) {
        assert.ok(!stored.has(entry.cid), 'nothing twice');
        stored.set(entry.cid, group);
      }
    }
    assert.deepEqual(stored, acknowledged);
    assert.deepEqual(await storage.verify(), []);
  });

  test('[G19] while it is stopped every call is refused in time and nothing dies; once it runs, all goes on', async () => {
    const group = groups[0] ?? '';
    await server.machine.stop();
    const asked = performance.now();
    await Promise.all(Array.from({ length: 30 }, () => assert.rejects(storage.append(message(group, 'ann')), unavailable)));
    await assert.rejects(storage.ping(), unavailable);
    assert.ok(performance.now() - asked < 5_000);
    const started = performance.now();
    await server.machine.start();
    assert.ok((await readyAfter(started)) < 10_000);
    await say(storage, group, 'ann');
  });

  test('[G4] a commit whose answer is lost is looked for: the sender learns that it was made, and it was made once', async () => {
    const proxy = await tcpProxy(server.port);
    const through = await openPostgres(url.replace(`:${server.port}/`, `:${proxy.port}/`));
    const [group = '', quiet = ''] = groups;
    await through.append(message(quiet, 'ann'));
    // Commits that take a while, so that one can be met.
    const slow = `CREATE FUNCTION parley.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON parley.entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION parley.slow()`;
    await withClient(url, (client) => client.query(slow));
    const sent = message(group, 'ann');
    const sending = through.append(sent);
    await eventually(async () => {
      const committing = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%COMMIT' AND state = 'active' AND wait_event = 'PgSleep'";
      return (await withClient(server.url, (client) => client.query(committing))).rowCount === 1 || undefined;
    }, 'the commit');
    for (const wire of proxy.wires) wire.mute('down');
    await eventually(async () => (await readAll(storage, group, 'ann')).some(({ cid }) => cid === sent.cid) || undefined, 'the entry');
    proxy.cut();
    assert.equal((await sending).status, 'duplicate');
    assert.equal((await readAll(storage, group, 'ann')).filter(({ cid }) => cid === sent.cid).length, 1);
    await withClient(url, (client) => client.query('DROP FUNCTION parley.slow CASCADE'));
    await through.close();
    await proxy.close();
  });

  test('[G17] an act whose commit is not answered is written down once, whether it is a record alone or what it tells as well', async () => {
    const proxy = await tcpProxy(server.port);
    const through = await openPostgres(url.replace(`:${server.port}/`, `:${proxy.port}/`));
    const slow = `CREATE FUNCTION parley.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON parley.audit DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION parley.slow()`;
    await withClient(url, (client) => client.query(slow));
    const by = { kind: 'host', id: 'key' } as const;
    const acts: (() => Promise<unknown>)[] = [
      () => through.audit(TENANT, { act: 'audit:read', by }),
      () => through.revokeUser(TENANT, 'bob', { act: 'user:revoked', by }),
      () => through.setPolicies(TENANT, {}, { act: 'policies:changed', by }),
      () => through.deactivatePerson(TENANT, 'bob', { act: 'user:deactivated', by }),
    ];
    const head = async (): Promise<number> => (await storage.auditRecords(TENANT, { after: 0, limit: 1 })).head;
    for (const act of acts) {
      const before = await head();
      const acting = act();
      await eventually(async () => {
        const committing = "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%COMMIT' AND state = 'active' AND wait_event = 'PgSleep'";
        return (await withClient(server.url, (client) => client.query(committing))).rowCount === 1 || undefined;
      }, 'the commit');
      for (const wire of proxy.wires) wire.mute('down');
      await eventually(async () => (await head()) > before || undefined, 'the record');
      proxy.cut();
      const result = await acting;
      assert.equal(await head(), before + 1);
      if (typeof result === 'number') assert.equal(result, before + 1);
    }
    assert.deepEqual(await storage.verify(), []);
    await withClient(url, (client) => client.query('DROP FUNCTION parley.slow CASCADE'));
    await through.close();
    await proxy.close();
  });

  test('[G19] a connection that is ended by an administrator costs at most the calls on it', async () => {
    const group = groups[0] ?? '';
    await say(storage, group, 'ann');
    await withClient(server.url, (client) =>
      client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parley'"),
    );
    await eventually(
      () =>
        storage.append(message(group, 'ann')).then(
          () => true,
          () => undefined,
        ),
      'a message',
      2_000,
    );
    await say(storage, group, 'ann');
  });

  test('[G19] one that stands still is given up in time and found again', async () => {
    const group = groups[0] ?? '';
    server.machine.pause();
    const asked = performance.now();
    const results = await Promise.allSettled([storage.append(message(group, 'ann')), storage.range('north', 'ann', group, { limit: 1 })]);
    const waited = performance.now() - asked;
    server.machine.resume();
    for (const result of results) assert.ok(result.status === 'rejected' && unavailable(result.reason));
    assert.ok(waited < 20_000, `${Math.round(waited)} ms`);
    await eventually(
      () =>
        storage.append(message(group, 'ann')).then(
          () => true,
          () => undefined,
        ),
      'a message',
    );
    assert.deepEqual(await storage.verify(), []);
  });
});
