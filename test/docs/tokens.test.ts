import assert from 'node:assert/strict';
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import { runCommand } from '../../server/cli/main.js';
import { ensureProgram, findProgram } from '../support/packages.js';
import { SECRET, startServer, type TestServer } from '../support/server.js';
import { ROOT, snippet } from './documents.js';

const run = promisify(execFile);
const TOKENS = 'server/TOKENS.md';

/** A Python that has these modules: the first on the path may be another than Debian's. */
function python(...modules: string[]): string | null {
  const all = ['/usr/bin/python3', findProgram(['python3'])];
  return all.find((one) => one !== null && spawnSync(one, ['-c', `import ${modules.join(', ')}`]).status === 0) ?? null;
}
const ensurePython = (): string => {
  ensureProgram({ title: 'cryptography for Python', package: 'python3-cryptography', find: () => python('cryptography') });
  return ensureProgram({ title: 'PyJWT', package: 'python3-jwt', find: () => python('jwt', 'cryptography') });
};
const ensurePhp = (): string => ensureProgram({ title: 'PHP', package: 'php-cli', find: () => findProgram(['php']) });

/** A JDK is 200 MB: it is used where there is one, and installed where DOCS_LANGUAGES=all asks for it. */
function findJava(): string | null {
  const find = (): string | null => (findProgram(['javac']) === null ? null : findProgram(['java']));
  if (process.env['DOCS_LANGUAGES'] !== 'all') return find();
  return ensureProgram({ title: 'JDK', package: 'openjdk-17-jdk-headless', find });
}

interface Language {
  /** The document and the words that say which of its snippets it is. */
  from: [file: string, language: string, words?: string];
  file: string;
  alg: 'ES256' | 'RS256';
  program: () => string | null;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  Node: { from: ['README.md', 'js', 'mintToken'], file: 'token.mjs', alg: 'ES256', program: () => process.execPath },
  Python: { from: [TOKENS, 'python'], file: 'chat_token.py', alg: 'ES256', program: ensurePython },
  PHP: { from: [TOKENS, 'php'], file: 'token.php', alg: 'RS256', program: ensurePhp },
  Java: { from: [TOKENS, 'java'], file: 'ChatToken.java', alg: 'ES256', program: findJava },
};

describe('programs that sign tokens', { timeout: 240_000 }, () => {
  // Inside of the package, whose names the program for Node imports.
  const folder = mkdtempSync(path.join(ROOT, 'dist/test/docs/tokens-'));
  let server: TestServer;
  let keySet: Server;
  const keys: JWK[] = [];

  before(async () => {
    keySet = createServer((_request, response) => response.end(JSON.stringify({ keys })));
    keySet.listen(0, '127.0.0.1');
    await once(keySet, 'listening');
    const jwksUrl = `http://127.0.0.1:${(keySet.address() as AddressInfo).port}/jwks.json`;
    for (const alg of ['ES256', 'RS256']) {
      const place = path.join(folder, alg);
      mkdirSync(place);
      await runCommand(['keys', 'generate', '--alg', alg, '--out', path.join(place, 'keys')], {});
      const set = JSON.parse(readFileSync(path.join(place, 'keys/jwks.json'), 'utf8')) as { keys: JWK[] };
      keys.push(...set.keys);
      writeFileSync(path.join(place, 'parley-private-key.json'), readFileSync(path.join(place, 'keys/parley-private-key.json')));
      execFileSync('sh', ['-c', snippet(TOKENS, 'sh', 'pkcs8')], { cwd: place });
      writeFileSync(path.join(place, 'kid'), set.keys[0]?.kid ?? '');
    }
    server = await startServer({ jwksUrl });
  });
  after(async () => {
    await server?.close();
    keySet?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, { from, file, alg, program }] of Object.entries(LANGUAGES)) {
    it(`in ${name}: the server takes the token that each way prints`, async (t) => {
      const command = program();
      if (command === null) {
        t.skip('There is no JDK here; DOCS_LANGUAGES=all installs one.');
        return;
      }
      const place = path.join(folder, alg);
      writeFileSync(path.join(place, file), snippet(...from));
      const { PARLEY_SECRET: _, ...environment } = process.env;
      const kid = readFileSync(path.join(place, 'kid'), 'utf8');
      const ways: [alg: string, variables: Record<string, string>][] = [
        ['HS256', { PARLEY_SECRET: SECRET }],
        [alg, { PARLEY_KID: kid }],
      ];
      for (const [expected, variables] of ways) {
        const { stdout } = await run(command, [file], { cwd: place, env: { ...environment, ...variables } });
        const token = stdout.trim();
        const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { alg: string; kid?: string };
        assert.deepEqual([header.alg, header.kid], [expected, expected === 'HS256' ? undefined : kid]);
        const mark = await server.connect('mark', { token });
        const [started] = mark.received('session:started');
        assert.deepEqual([started?.session.user.id, started?.session.user.name], ['mark', 'Mark Lee']);
        mark.close();
      }
    });
  }

  it('in C#: the claims and the algorithms are those of the others, as text', () => {
    const text = snippet(TOKENS, 'csharp');
    for (const words of [
      '"sub"',
      '"tenant"',
      '"name"',
      'Audience = "parley"',
      'IssuedAt = ',
      'Expires = now.AddMinutes(10)',
      'KeyId = kid',
    ])
      assert.ok(text.includes(words), words);
    assert.match(text, /HmacSha256[\s\S]*EcdsaSha256/);
  });
});
