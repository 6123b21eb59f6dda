import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { BackEnd } from '../support/back-end.js';
import { MailServer } from '../support/mail-server.js';
import { Refusal, startServer, type TestClient, type TestServer } from '../support/server.js';
import { openLogs, type Logs } from './visibility-logs.js';
import { Oracle } from './visibility-oracle.js';
import { COMMON, Paths } from './visibility-paths.js';

/*
 * Whatever people do, in whatever order, no path shows a member an entry that is not theirs: from before they came or after they went (B17),
 * older than the tenant shows (S3), or waiting until they may be disturbed (S6), or of before they were removed (SPEC L14). And each shows all
 * that is theirs.
 */
const USERS = ['anna', 'mark', 'lena', 'omar'] as const;
type User = (typeof USERS)[number];

type Act =
  | { act: 'say' | 'leave' | 'join' | 'decline' | 'rename' | 'mail' | 'look' | 'read'; who: User; where: 0 | 1 }
  | { act: 'invite' | 'remove'; who: User; whom: User }
  | { act: 'disturb'; who: User; allowed: boolean }
  | { act: 'age'; part: number; where: 0 | 1 }
  | { act: 'days'; days: number | null };

const user = fc.constantFrom(...USERS);
const where = fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('say' as const), who: user, where }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('invite' as const), who: user, whom: user }) },
  // By whoever started it, mostly: the others may not.
  {
    weight: 2,
    arbitrary: fc
      .record({ act: fc.constant('remove' as const), who: fc.constantFrom<User[]>('anna', 'anna', 'mark'), whom: user })
      .filter(({ who, whom }) => who !== whom),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constantFrom('join' as const, 'leave' as const), who: user, where: fc.constant(0 as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constantFrom('decline' as const, 'rename' as const), who: user, where: fc.constant(0 as const) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('look' as const, 'read' as const, 'mail' as const), who: user, where }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('disturb' as const), who: user, allowed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('age' as const), part: fc.integer({ min: 20, max: 100 }), where }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('days' as const), days: fc.constantFrom(null, 5, 15) }) },
);

/** A refusal is an answer as good as any: what may be seen afterwards is what counts. */
const tried = (error: unknown): void => {
  if (!(error instanceof Refusal) || ['INTERNAL', 'UNAVAILABLE', 'INVALID'].includes(error.code)) throw error;
};

/** One run: a tenant of its own with a group and a direct chat. */
class Ward {
  readonly clients = new Map<User, TestClient>();
  readonly #back: BackEnd;
  readonly #oracle: Oracle;
  readonly #paths: Paths;
  readonly #mail: MailServer;
  /** Where the events of those who want not to be disturbed begin to count. */
  readonly #since = new Map<User, number>();
  #chats: [string, string] = ['', ''];
  #said = 0;

  constructor(back: BackEnd, oracle: Oracle, mail: MailServer) {
    this.#back = back;
    this.#oracle = oracle;
    this.#mail = mail;
    this.#paths = new Paths(oracle);
  }

  async open(server: TestServer, tenant: string, join: 'direct' | 'invite'): Promise<void> {
    this.#oracle.visibleDays = null;
    await this.#back.decide({ join, visibleDays: null });
    for (const name of USERS) this.clients.set(name, await server.connect(name, { claims: { tenant } }));
    const [anna] = this.clients.values();
    const create = async (kind: 'group' | 'direct', members: string[]) =>
      (await anna!.command('conversation:create', { cid: v7(), kind, members, ...(kind === 'group' ? { title: 'Ward 3' } : {}) }))
        .conversation.id;
    this.#chats = [await create('group', ['mark']), await create('direct', ['lena'])];
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) client.close();
    for (const name of USERS) await this.#oracle.disturb(name, true, []);
  }

  async do(one: Act): Promise<void> {
    if (one.act === 'days') {
      this.#oracle.visibleDays = one.days;
      return void (await this.#back.decide({ visibleDays: one.days }));
    }
    if (one.act === 'age') {
      const conversation = this.#chats[one.where];
      return this.#oracle.age(conversation, Math.floor((one.part / 100) * (await this.#oracle.log(conversation)).length), 10);
    }
    const client = this.clients.get(one.who)!;
    if (one.act === 'disturb') return this.#disturb(client, one.who, one.allowed);
    const conversation = this.#chats['where' in one ? one.where : 0];
    if (one.act === 'look') return this.#paths.check(client, conversation);
    const cid = v7();
    const asked = {
      say: () => client.send(conversation, `${COMMON} w${(this.#said += 1)}x`),
      invite: () => client.command('conversation:invite', { conversation, cid, users: 'whom' in one ? [one.whom] : [] }),
      remove: () => client.command('conversation:remove', { conversation, cid, user: 'whom' in one ? one.whom : one.who }),
      join: () => client.command('conversation:join', { conversation, cid }),
      decline: () => client.command('conversation:decline', { conversation, cid }),
      leave: () => client.command('conversation:leave', { conversation, cid }),
      rename: () => client.command('conversation:rename', { conversation, cid, title: `Ward ${(this.#said += 1)}` }),
      read: () => this.#read(client, conversation),
      mail: () => this.#paths.mail(client, conversation, this.#mail),
    }[one.act];
    await asked().catch(tried);
  }

  /** All paths, for all. */
  async check(): Promise<void> {
    for (const [name, client] of this.clients) {
      for (const conversation of this.#chats) await this.#paths.check(client, conversation);
      const since = this.#since.get(name);
      if (since !== undefined) await this.#paths.silence(client, this.#chats, since);
    }
  }

  /** How many entries are kept from somebody now, by the reason. */
  async hidden(): Promise<{ held: number; old: number; outside: number; removed: number }> {
    const counted = { held: 0, old: 0, outside: 0, removed: 0 };
    for (const name of USERS) {
      for (const conversation of this.#chats) {
        const periods = (await this.#oracle.periods(conversation, name)).length;
        const received = (await this.#oracle.received(conversation, name)).length;
        counted.outside += periods === 0 ? 0 : (await this.#oracle.log(conversation)).length - periods;
        counted.removed += (await this.#oracle.periods(conversation, name, { ever: true })).length - periods;
        counted.held += periods - received;
        counted.old += received - (await this.#oracle.visible(conversation, name)).length;
      }
    }
    return counted;
  }

  /** At the end each may be disturbed again, and what waited is there. */
  async end(): Promise<void> {
    await this.check();
    for (const [name, client] of this.clients) await this.#disturb(client, name, true);
    await this.check();
    for (const client of this.clients.values()) await this.#paths.live(client, this.#chats);
    for (const client of this.clients.values()) await this.#paths.mail(client, this.#chats[0], this.#mail);
  }

  async #disturb(client: TestClient, name: User, allowed: boolean): Promise<void> {
    const since = this.#since.get(name);
    if (allowed && since !== undefined) {
      await this.#paths.silence(client, this.#chats, since);
      this.#since.delete(name);
    }
    await client.command('presence:set', { availability: allowed ? 'available' : 'dnd' });
    await this.#oracle.disturb(name, allowed, this.#chats);
    if (!allowed && since === undefined) this.#since.set(name, client.events.length);
  }

  async #read(client: TestClient, conversation: string): Promise<void> {
    const { head } = await client.command('entry:range', { conversation, limit: 1 });
    if (head > 0) await client.command('receipt:mark', { conversation, read: head });
  }
}

/** Something old, something that waits and something from before: no run of chance decides whether each reason was tried. */
const OF_EACH: Act[] = [
  ...(['anna', 'mark', 'anna', 'mark'] as const).map((who) => ({ act: 'say' as const, who, where: 0 as const })),
  { act: 'age', part: 60, where: 0 },
  { act: 'days', days: 5 },
  { act: 'invite', who: 'anna', whom: 'lena' },
  { act: 'remove', who: 'anna', whom: 'mark' },
  { act: 'say', who: 'anna', where: 0 },
  { act: 'look', who: 'mark', where: 0 },
  { act: 'invite', who: 'lena', whom: 'mark' },
  { act: 'disturb', who: 'mark', allowed: false },
  { act: 'say', who: 'anna', where: 0 },
  { act: 'remove', who: 'anna', whom: 'mark' },
  { act: 'look', who: 'mark', where: 0 },
  { act: 'invite', who: 'anna', whom: 'mark' },
  { act: 'say', who: 'anna', where: 0 },
];

/** All that one of them may see is too old by the time that they ask for a mail of it. */
const NOTHING_LEFT: Act[] = [
  { act: 'remove', who: 'anna', whom: 'mark' },
  { act: 'age', part: 100, where: 0 },
  { act: 'days', days: 5 },
];

describe('what is not theirs', () => {
  const mail = new MailServer();
  let server: TestServer;
  let logs: Logs;
  let oracle: Oracle;
  before(async () => {
    await mail.open();
    const timings = { headsDigest: 100, mailRetry: 20, mailRetryLongest: 50 };
    server = await startServer({ smtpUrl: mail.url, mailFrom: 'chat@parley.example', timings });
    logs = await openLogs(server.directory);
    oracle = new Oracle(logs);
  });
  after(async () => {
    await logs.close();
    await server.close();
    await mail.close();
  });

  test('[G12, L14, B17, B21, S3, S6] no path shows it: live, range, sync, list, search, unread, last message, title, heads, text, mail', async () => {
    const seen = { held: 0, old: 0, outside: 0, removed: 0, runs: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('direct', 'invite'), fc.array(act, { minLength: 8, maxLength: 30 }), async (join, acts) => {
        const tenant = `t-${randomUUID()}`;
        const ward = new Ward(new BackEnd(server, tenant), oracle, mail);
        try {
          await ward.open(server, tenant, join);
          for (const [at, one] of acts.entries()) {
            await ward.do(one);
            if (at % 10 === 9) await ward.check();
          }
          const counted = await ward.hidden();
          seen.held += counted.held;
          seen.old += counted.old;
          seen.outside += counted.outside;
          seen.removed += counted.removed;
          seen.runs += 1;
          await ward.end();
        } finally {
          await ward.close();
        }
      }),
      {
        numRuns: Number(process.env['PARLEY_TEST_RUNS'] ?? 25),
        examples: [
          ['direct', OF_EACH],
          ['direct', NOTHING_LEFT],
        ],
      },
    );
    // A property about nothing holds.
    for (const [why, count] of Object.entries(seen)) assert.ok(count > 0, `nothing was ${why} in ${seen.runs} runs`);
  });
});
