import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { runCommand } from '../../server/cli/main.js';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const HOST = 'https://host.example';
let server: TestServer;
let version = '';
before(async () => {
  server = await startServer({ origins: [HOST] });
  ({ version } = (await (await fetch(`${server.url}/version`)).json()) as { version: string });
});
after(() => server.close());

const ask = (path: string) => fetch(`${server.url}${path}`, { headers: { origin: HOST } });

/** Of the import map, by address. */
async function hashes(): Promise<Record<string, string>> {
  const { lines } = await runCommand(['sri', '--server', server.url, '--import-map'], {});
  const [, json = ''] = /<script type="importmap">([^]*?)<\/script>/.exec(lines.join('\n')) ?? [];
  return (JSON.parse(json) as { integrity: Record<string, string> }).integrity;
}

test('under its version the bundle stays for good; without one a page gets what the server has', async () => {
  const [pinned, current] = [await ask(`/parley/${version}/parley.js`), await ask('/parley/parley.js')];
  assert.match(pinned.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
  assert.equal(current.headers.get('cache-control'), 'no-cache');
  for (const { headers } of [pinned, current]) {
    assert.equal(headers.get('access-control-allow-origin'), HOST);
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match(headers.get('content-type') ?? '', /javascript/);
  }
  assert.equal(await pinned.text(), await current.text());
  for (const path of [
    '/parley/0.0.0/parley.js',
    `/parley/${version}`,
    `/parley/${version}/none.js`,
    `/parley/${version}/%2e%2e/%2e%2e/package.json`,
  ])
    assert.ok([400, 404].includes((await ask(path)).status), path);
});

test('parley sri prints lines whose hashes are those of what the server sends, and all that is loaded at once', async () => {
  const { code, lines } = await runCommand(['sri', '--server', server.url], {});
  assert.equal(code, 0);
  const named = lines.map((line) => /(?:href|src)="([^"]+)" integrity="(sha384-[^"]+)" crossorigin="anonymous"/.exec(line));
  assert.match(lines.at(-1) ?? '', /^<script type="module" src=".*\/parley\.js"/);
  const manifest = (await (await ask('/parley/parley.manifest.json')).json()) as Record<string, { imports: string[] }>;
  assert.equal(named.length, 1 + (manifest['parley.js']?.imports.length ?? 0));
  for (const found of named) {
    const [, address = '', integrity = ''] = found ?? [];
    assert.ok(address.startsWith(`${server.url}/parley/${version}/`), address);
    const body = Buffer.from(await (await fetch(address, { headers: { origin: HOST } })).arrayBuffer());
    assert.equal(integrity, `sha384-${createHash('sha384').update(body).digest('base64')}`);
  }
});

for (const entry of ['ohif.js', 'fhircast.js', 'iframe.js', 'links.js'])
  test(`${entry} is served like the elements, and parley sri --import-map holds it to its hash`, async () => {
    const [pinned, current] = [await ask(`/parley/${version}/${entry}`), await ask(`/parley/${entry}`)];
    assert.match(pinned.headers.get('cache-control') ?? '', /max-age=31536000, immutable/);
    assert.equal(current.headers.get('cache-control'), 'no-cache');
    assert.match(pinned.headers.get('content-type') ?? '', /javascript/);
    assert.equal(pinned.headers.get('access-control-allow-origin'), HOST);
    const body = Buffer.from(await pinned.arrayBuffer());
    assert.ok(body.equals(Buffer.from(await current.arrayBuffer())));
    const held = (await hashes())[`${server.url}/parley/${version}/${entry}`];
    assert.equal(held, `sha384-${createHash('sha384').update(body).digest('base64')}`);
  });

test('the manifest says what an adapter loads later', async () => {
  const manifest = (await (await ask('/parley/parley.manifest.json')).json()) as Record<string, { dynamicImports: string[] }>;
  assert.deepEqual(manifest['ohif.js']?.dynamicImports, ['parley.js']);
});

test('with --import-map what is loaded later is held to its hash, too', async () => {
  const integrity = await hashes();
  const manifest = (await (await ask('/parley/parley.manifest.json')).json()) as object;
  assert.deepEqual(
    Object.keys(integrity).sort(),
    Object.keys(manifest)
      .map((file) => `${server.url}/parley/${version}/${file}`)
      .sort(),
  );
  await assert.rejects(runCommand(['sri', '--server', 'chat'], {}), /--server: not an address/);
});

test('parley openapi prints what the server serves, and parley asyncapi the document of the package', async () => {
  const served: unknown = await (await ask('/v1/openapi.json')).json();
  assert.deepEqual(JSON.parse((await runCommand(['openapi'], {})).lines.join('\n')), served);
  const socket = JSON.parse((await runCommand(['asyncapi'], {})).lines.join('\n')) as { asyncapi: string };
  assert.match(socket.asyncapi, /^3\./);
});
