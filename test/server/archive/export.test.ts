import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import { TENANT, say, signUp, startGroup } from '../storage/builders.js';
import { anchor, newFolder, parley } from './operator.js';

interface Line {
  [field: string]: unknown;
  seq: number;
  at: number;
  hash: string;
  body?: string;
  salt?: string;
}

const linesOf = (path: string): Line[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const sha256 = (...parts: (Buffer | string)[]) => parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest();
/** Canonical JSON as the recipe has it, for objects of texts and numbers: keys in order. */
const canonical = (value: Record<string, unknown>) =>
  JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));

describe('an export for an auditor', () => {
  const data = newFolder();
  const anchors = newFolder();
  const out = join(newFolder(), 'audit');
  let conversation = '';
  let other = '';
  let key = '';
  let middle = 0;
  const operator = parley(data, { PARLEY_ANCHORS: anchors });
  const asked = (folder: string, ...more: string[]) => [
    ...['export', '--audit', '--tenant', TENANT, '--out', folder, '--by', 'Inspector Holm', '--reason', 'yearly audit', ...more],
  ];

  before(async () => {
    const storage = await openSqliteStorage({ directory: data });
    await signUp(storage, ['ann', 'bob']);
    await signUp(storage, ['eve', 'fay'], 'south');
    conversation = await startGroup(storage, 'ann', ['bob']);
    other = await startGroup(storage, 'bob', ['ann']);
    await startGroup(storage, 'eve', ['fay'], 'south');
    for (let number = 0; number < 4; number += 1) await say(storage, conversation, 'ann', `early ${number}`);
    middle = (await say(storage, other, 'bob', 'in between')).at;
    while (Date.now() <= middle) await new Promise(setImmediate);
    for (let number = 0; number < 4; number += 1) await say(storage, conversation, 'bob', `late ${number}`);
    key = await anchor(storage, data, anchors);
    await storage.close();
    const { code, lines } = await operator(...asked(out));
    assert.deepEqual({ code, lines }, { code: 0, lines: [`2 conversations with 11 entries in ${out}, audit record 1.`] });
  });

  test('[G17] a server that has not signed anything yet has an export, without heads', async () => {
    const early = join(newFolder(), 'early');
    const { code } = await parley(data, { PARLEY_ANCHORS: join(newFolder(), 'none') })(...asked(early));
    assert.equal(code, 0);
    assert.equal(existsSync(join(early, 'anchors')), false);
  });

  test('[G17] it is whole, says who took it and why, and has nothing of another tenant', async () => {
    assert.deepEqual(await operator('verify', '--export', out, '--key', key), {
      code: 0,
      lines: ['Every entry fits its chain.', 'Every log is as it was signed (signed lines: 1; epochs: 1).'],
    });
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual([manifest['by'], manifest['reason'], manifest['record']], ['Inspector Holm', 'yearly audit', 1]);
    const [record] = linesOf(join(out, 'audit.jsonl'));
    assert.match(
      String(record?.['record']),
      /"act":"archive:exported".*"by":{"id":"Inspector Holm","kind":"operator"},"reason":"yearly audit"/,
    );
    for (const name of readdirSync(out, { recursive: true, withFileTypes: true }))
      if (name.isFile()) assert.ok(!readFileSync(join(name.parentPath, name.name), 'utf8').includes('south'), name.name);
    assert.deepEqual(
      linesOf(join(out, 'people.jsonl')).map((person) => person['name']),
      ['Dr ann', 'Dr bob'],
    );
  });

  test('[G17] the recipe in it is enough for a program that is not this one', () => {
    const [head, ...entries] = linesOf(join(out, 'conversations', `${conversation}.jsonl`));
    let previous = Buffer.alloc(32);
    for (const { salt, body, commitment, hash, ...header } of entries) {
      assert.equal(sha256(Buffer.from(salt ?? '', 'hex'), body ?? '').toString('hex'), commitment);
      previous = sha256(Buffer.of(0), previous, canonical({ ...header, commitment, conversation, tenant: TENANT, v: 1 }));
      assert.equal(previous.toString('hex'), hash);
    }
    assert.equal(head?.hash, previous.toString('hex'));
    const [file = ''] = readdirSync(join(out, 'anchors'));
    const [{ signature = '', ...signed } = {}] = linesOf(join(out, 'anchors', file)) as Record<string, unknown>[];
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'base64').toString('base64url') },
      format: 'jwk',
    });
    assert.ok(verifySignature(null, Buffer.from(canonical(signed)), publicKey, Buffer.from(String(signature), 'base64')));
    assert.ok((signed['conversations'] as unknown[][]).some(([id, , hash]) => id === conversation && hash === previous.toString('hex')));
  });

  test('[G17] a period shows its own texts only, and the chain is whole all the same', async () => {
    const folder = join(newFolder(), 'period');
    await operator(...asked(folder, '--conversation', conversation, '--from', new Date(middle + 1).toISOString()));
    assert.deepEqual(readdirSync(join(folder, 'conversations')), [`${conversation}.jsonl`]);
    const [, ...entries] = linesOf(join(folder, 'conversations', `${conversation}.jsonl`));
    assert.equal(entries.length, 9);
    assert.deepEqual(
      entries.flatMap(({ body, seq }) => (body === undefined ? [] : [seq])),
      [6, 7, 8, 9],
    );
    assert.ok(!readFileSync(join(folder, 'conversations', `${conversation}.jsonl`), 'utf8').includes('early'));
    assert.equal((await operator('verify', '--export', folder, '--key', key)).code, 0);
  });

  test('[attack 74] what was changed in an export is found', async () => {
    const path = join(out, 'conversations', `${conversation}.jsonl`);
    const whole = readFileSync(path, 'utf8');
    const verified = async (text: string) => {
      writeFileSync(path, text);
      const { code, lines } = await operator('verify', '--export', out, '--key', key);
      writeFileSync(path, whole);
      return `${code} ${lines.join('\n')}`;
    };
    const entry = `${TENANT} ${conversation} entry`;
    assert.match(await verified(whole.replace('early 1', 'eerie 1')), new RegExp(`^1 ${entry} 3: changed\nconversations/.*: changed`));
    assert.match(await verified(whole.replace(/^.*early 1.*\n/m, '')), new RegExp(`^1 ${entry} 3: missing`));
    assert.match(
      await verified(whole.replace(/"body":"[^\n]*early 1[^\n]*?","cid"/, '"body":"{\\"kind\\":\\"erased\\"}","cid"')),
      new RegExp(`^1 ${entry} 3: changed`),
    );
  });

  test('[attack 74] a conversation that was taken out of an export is found, where heads were signed', async () => {
    const folder = join(newFolder(), 'less');
    await operator(...asked(folder));
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { conversation?: string; files: Record<string, string> };
    rmSync(join(folder, 'conversations', `${other}.jsonl`));
    delete manifest.files[`conversations/${other}.jsonl`];
    writeFileSync(path, JSON.stringify(manifest));
    const { code, lines } = await operator('verify', '--export', folder, '--key', key);
    assert.deepEqual([code, lines], [1, [`${TENANT} ${other} entry 1: missing`]]);
    writeFileSync(path, JSON.stringify({ ...manifest, conversation }));
    assert.match(
      (await operator('verify', '--export', folder, '--key', key)).lines.join('\n'),
      /manifest.json: not what the audit log says/,
    );
  });

  test('[G17] what is written and signed while it is made does not make it look cut off', async () => {
    const storage = await openSqliteStorage({ directory: data });
    let done = false;
    const busy = async () => {
      while (!done) {
        for (const each of [conversation, other]) await say(storage, each, 'ann', 'meanwhile');
        await anchor(storage, data, anchors);
      }
    };
    const working = busy();
    try {
      for (let round = 0; round < 5; round += 1) {
        const folder = join(newFolder(), 'busy');
        assert.equal((await operator(...asked(folder))).code, 0);
        assert.equal((await operator('verify', '--export', folder, '--key', key)).code, 0, `round ${round}`);
      }
    } finally {
      done = true;
      await working;
      await storage.close();
    }
  });

  test('[G17] nothing leaves without a name and a reason, and not into a folder with something in it', async () => {
    await assert.rejects(operator('export', '--audit', '--tenant', TENANT, '--out', newFolder()), /--by: needed\s+--reason: needed/);
    await assert.rejects(operator('export', '--tenant', TENANT), /--audit/);
    await assert.rejects(operator(...asked(out)), /is not empty/);
    await assert.rejects(operator(...asked(newFolder(), '--from', 'yesterday')), /--from: a date/);
    const none = await operator(...asked(newFolder(), '--conversation', 'nowhere'));
    assert.match(none.complaint ?? '', /no conversation nowhere. That it was asked for is written down/);
  });
});
