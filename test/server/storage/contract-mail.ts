import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '#protocol';
import { composeHistory } from '../../../server/gateways/mail/history-mail.js';
import type { HistorySent, MailJob, NewHistory, OutgoingHistory } from '../../../server/storage/history-storage.js';
import { cid, invite, leave, readAll, say, shared, signUp, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

const PEOPLE = ['ann', 'bob', 'cyd', 'dan'] as const;
const FROM = 'chat@parley.example';

export function mailSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: histories that have to leave`, () => {
    const store = shared(open);
    /** The clock of the queue, which each test moves on alone. */
    let now = 1_000_000;
    before(async () => {
      await store.start();
      await signUp(store.storage, PEOPLE);
    });
    after(() => store.stop());

    function history(conversation: string, author: string): NewHistory & { outgoing: OutgoingHistory } {
      const mails = [{ address: 'x@y.example', label: 'x@y.example', messageId: cid() }];
      return {
        tenant: TENANT,
        author,
        conversation,
        cid: cid(),
        asked: { to: [{ email: 'x@y.example' }] },
        outgoing: { to: ['x@y.example'], mails, language: 'en', timeZone: 'UTC', due: now },
      };
    }
    function announced(sent: HistorySent): Entry {
      assert.ok(sent.status === 'appended', sent.status);
      return sent.entry;
    }
    async function take(until = now + 100): Promise<MailJob[]> {
      return (await store.storage.takeMail(now, until, 50)).jobs;
    }
    async function empty(): Promise<void> {
      for (const job of await take()) await store.storage.settleMail(job.id, { status: 'sent' });
      assert.deepEqual(await store.storage.takeMail(now, now, 50), { jobs: [], next: null });
    }

    test('[B20] the announcement and its jobs are one write, and the same cid again queues nothing again', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const asked = history(group, 'ann');
      const entry = announced(await store.storage.sendHistory(asked));
      assert.deepEqual(entry.body, { kind: 'history-sent', to: ['x@y.example'] });
      assert.deepEqual((await readAll(store.storage, group, 'bob')).at(-1), entry);
      assert.deepEqual(await store.storage.sendHistory(asked), { status: 'duplicate', seq: entry.seq });
      const elsewhere = asked.outgoing.mails.map((mail) => ({ ...mail, address: 'z@y.example' }));
      const moved = { ...asked, outgoing: { ...asked.outgoing, mails: elsewhere } };
      assert.deepEqual(await store.storage.sendHistory(moved), { status: 'duplicate', seq: entry.seq }, 'asked the same');
      const other = { ...asked, asked: { to: [{ user: 'x@y.example' }] } };
      assert.deepEqual(await store.storage.sendHistory(other), { status: 'conflict' }, 'asked for another with the same address');
      assert.deepEqual(await store.storage.sendHistory({ ...asked, outgoing: null }), { status: 'duplicate', seq: entry.seq });
      assert.deepEqual(await store.storage.sendHistory({ ...other, outgoing: null }), { status: 'conflict' });
      const withheld = { ...history(group, 'ann'), outgoing: null };
      assert.deepEqual(await store.storage.sendHistory(withheld), { status: 'withheld' });
      assert.deepEqual(await store.storage.sendHistory(withheld), { status: 'withheld' }, 'nothing was written');
      const refused = { status: 'refused', standing: 'stranger', ended: false };
      assert.deepEqual(await store.storage.sendHistory(history(group, 'dan')), refused);
      assert.deepEqual(await store.storage.sendHistory(history('no-such-id', 'ann')), refused);
      assert.deepEqual(await store.storage.sendHistory({ ...history(group, 'dan'), outgoing: null }), refused);
      const jobs = await take();
      assert.equal(jobs.length, 1);
      const { messageId = '', address, label } = asked.outgoing.mails[0] ?? {};
      const { id, ...job } = jobs[0] ?? assert.fail();
      assert.ok(id !== '');
      assert.deepEqual(job, {
        tenant: TENANT,
        conversation: group,
        sender: 'ann',
        before: entry.seq,
        address,
        label,
        language: 'en',
        timeZone: 'UTC',
        messageId,
        attempts: 1,
        madeAt: now,
      });
      await store.storage.settleMail(id, { status: 'sent' });
      await empty();
    });

    test('[B20] a job that was taken is due again when its time is over, or when it was put off', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await store.storage.sendHistory(history(group, 'ann'));
      const [job] = await take(now + 100);
      assert.ok(job);
      assert.deepEqual(await store.storage.takeMail(now + 99, now + 200, 50), { jobs: [], next: now + 100 }, 'another node waits');
      now += 100;
      const [again] = await take(now + 100);
      assert.deepEqual(again, { ...job, attempts: 2 });
      assert.equal(await store.storage.settleMail(job.id, { status: 'again', due: now + 500 }), null);
      assert.deepEqual(await store.storage.takeMail(now, now + 100, 50), { jobs: [], next: now + 500 });
      now += 500;
      assert.equal((await take())[0]?.attempts, 3);
      now += 100;
      await empty();
    });

    test('[B20] a failure is said in the conversation once, also after its sender has left', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await store.storage.sendHistory(history(group, 'ann'));
      await leave(store.storage, group, 'ann');
      const [job] = await take();
      assert.ok(job);
      const outcome = { status: 'failed', reason: 'refused', cid: cid() } as const;
      const entry = await store.storage.settleMail(job.id, outcome);
      assert.deepEqual(entry?.body, { kind: 'history-failed', to: 'x@y.example', reason: 'refused' });
      assert.equal(entry.author, 'ann');
      assert.equal(await store.storage.settleMail(job.id, outcome), null);
      assert.deepEqual((await readAll(store.storage, group, 'bob')).at(-1), entry);
      assert.deepEqual(await store.storage.verify(), []);
      await empty();
    });

    test('[B17, B21] a mail has of what happened while its sender was in everything up to its announcement, and nothing else', async () => {
      const acts = fc.array(fc.record({ act: fc.constantFrom('say', 'say', 'leave', 'invite', 'send'), who: fc.constantFrom(...PEOPLE) }), {
        minLength: 1,
        maxLength: 18,
      });
      await fc.assert(
        fc.asyncProperty(acts, async (script) => {
          const group = await startGroup(store.storage, 'ann', ['bob']);
          const inside = new Set<string>(['ann', 'bob']);
          const expected = new Map<number, { sender: string; said: string[] }>();
          const seen = new Map<string, string[]>(PEOPLE.map((user) => [user, []]));
          for (const [number, { act, who }] of script.entries()) {
            const guest = [...inside][0];
            if (act === 'say' && inside.has(who)) {
              await say(store.storage, group, who, `canary-${number}.`);
              for (const user of inside) seen.get(user)?.push(`canary-${number}.`);
            }
            if (act === 'leave' && inside.delete(who)) await leave(store.storage, group, who);
            if (act === 'invite' && !inside.has(who) && guest !== undefined) {
              await invite(store.storage, group, guest, [who]);
              inside.add(who);
            }
            if (act === 'send') {
              const sent = await store.storage.sendHistory(history(group, who));
              if (sent.status === 'appended') expected.set(sent.entry.seq, { sender: who, said: [...(seen.get(who) ?? [])] });
            }
          }
          const jobs = await take();
          assert.deepEqual(new Set(jobs.map(({ before }) => before)), new Set(expected.keys()));
          for (const job of jobs) {
            const mail = await composeHistory(store.storage, job, FROM, now);
            const { sender, said } = expected.get(job.before) ?? assert.fail();
            assert.equal(job.sender, sender);
            assert.deepEqual(mail?.text.match(/canary-\d+\./g) ?? [], said);
            await store.storage.settleMail(job.id, { status: 'sent' });
          }
        }),
        { numRuns: 40 },
      );
      await empty();
    });

    test('[B20] a mail that would be too long ends with a line that says so, and where', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      for (let number = 0; number < 230; number += 1) await say(store.storage, group, 'ann', `line ${number}`);
      await store.storage.sendHistory(history(group, 'ann'));
      const [job] = await take();
      assert.ok(job);
      const whole = (await composeHistory(store.storage, job, FROM, now))?.text ?? '';
      assert.equal(whole.match(/: line \d+$/gm)?.length, 230);
      const part = (await composeHistory(store.storage, job, FROM, now, 2_000))?.text ?? '';
      assert.ok(Buffer.byteLength(part) < 2_300);
      const lines = part.trimEnd().split('\n');
      const last = lines.at(-1) ?? '';
      assert.match(last, /longer than a mail may be/);
      assert.ok(last.includes(lines.at(-3)?.slice(0, 19) ?? '-'), 'the time of the last line that is there');
      assert.ok(whole.startsWith(part.slice(0, part.lastIndexOf('\n\n'))));
      await store.storage.settleMail(job.id, { status: 'sent' });
      await empty();
    });
  });
}
