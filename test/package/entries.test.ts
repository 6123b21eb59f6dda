import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import { filesOf, importsOf, manifest, reached, ROOT } from './modules.js';

const entries = Object.keys(manifest.exports);
/** For Node: everything else is for browsers, too. */
const FOR_NODE = /^\.\/server/;
/** What the browser's half is made of. Whatever else the package needs is the server's, also what it comes to need. */
const OF_PAGES = new Set(['lit', '@lit/react', 'react', 'vue', 'svelte', 'rxjs', 'socket.io-client', 'tslib', 'zod']);
const OF_SERVERS = new Set(
  [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies), ...builtinModules].filter(
    (name) => !OF_PAGES.has(name),
  ),
);

/** Why a file of a page may not import this; null when it may. */
function foreign(to: string): string | null {
  if (/^dist\/(?:server|demo-host|test)\//.test(to)) return 'the server';
  if (to.startsWith('node:')) return 'Node';
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? '';
  return OF_SERVERS.has(name) ? name : null;
}

describe('entries of the package', () => {
  it('open what the build has written', () => {
    for (const [entry, opened] of Object.entries(manifest.exports)) {
      if (opened === null) continue;
      assert.notEqual(filesOf(entry).length, 0, entry);
      for (const file of filesOf(entry)) assert.ok(existsSync(path.join(ROOT, file)), `${entry}: ${file}`);
      if (typeof opened !== 'string' && !opened.types.includes('*')) assert.ok(existsSync(path.join(ROOT, opened.types)), opened.types);
    }
  });

  it('for browsers reach neither Node nor the server', () => {
    const browser = entries.filter((entry) => !FOR_NODE.test(entry)).flatMap(filesOf);
    assert.ok(browser.length > 20);
    for (const file of browser.filter((one) => one.endsWith('.js')))
      for (const [to, by] of reached(file)) assert.equal(foreign(to), null, `${file}: ${by} imports ${to}`);
  });

  it('for browsers would be refused whatever the server needs', () => {
    for (const name of [
      'express',
      'prom-client',
      'rate-limiter-flexible',
      'pg',
      'ioredis',
      'nodemailer',
      '@socket.io/redis-adapter/x',
      'fs',
      'node:fs',
    ])
      assert.notEqual(foreign(name), null, name);
    for (const name of ['lit/decorators.js', 'socket.io-client', 'zod/mini', 'dist/sdk/index.js']) assert.equal(foreign(name), null, name);
  });

  it('that are files for pages without a bundler import nothing but each other', () => {
    const files = globSync('dist/browser/*.js', { cwd: ROOT });
    assert.ok(files.length > 10);
    for (const file of files) for (const { to } of importsOf(file)) assert.ok(files.includes(to), `${file} imports ${to}`);
  });

  it('without elements have no lit', () => {
    for (const entry of ['.', './protocol', './links', './adapters/fhircast', './adapters/iframe']) {
      for (const file of filesOf(entry))
        assert.deepEqual(
          [...reached(file).keys()].filter((to) => /^lit|^dist\/widgets/.test(to)),
          [],
          entry,
        );
    }
  });

  it('need nothing at run time that is not a dependency or an optional peer', () => {
    const allowed = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]);
    const files = globSync('dist/{sdk,widgets,server}/**/*.js', { cwd: ROOT });
    for (const file of files) {
      for (const { to } of importsOf(file)) {
        const [scope = '', name = ''] = to.split('/');
        const wanted = scope.startsWith('@') ? `${scope}/${name}` : scope;
        assert.ok(wanted === 'dist' || wanted.startsWith('node:') || allowed.has(wanted), `${file} imports ${to}`);
      }
    }
  });

  it('have side effects where `sideEffects` says so, and nowhere else', () => {
    const listed = new Set(manifest.sideEffects.flatMap((pattern) => globSync(pattern.slice(2), { cwd: ROOT })));
    const files = globSync('dist/{sdk,widgets,server}/**/*.js', { cwd: ROOT });
    // What is imported for nothing that it exports would be dropped by bundlers.
    for (const file of files)
      for (const { to, bare } of importsOf(file)) if (bare) assert.ok(listed.has(to), `${file} imports ${to} for what it does`);
    for (const file of listed) {
      if (!file.startsWith('dist/widgets/')) continue;
      assert.match(
        readFileSync(path.join(ROOT, file), 'utf8'),
        /^(?:define|defineAll|learn|if|observe)\b/m,
        `${file} does nothing when it is imported`,
      );
    }
    for (const file of globSync('dist/widgets/**/*.js', { cwd: ROOT })) {
      if (!listed.has(file))
        assert.doesNotMatch(readFileSync(path.join(ROOT, file), 'utf8'), /^(?:define(?:All)?|customElements\.define)\(/m, file);
    }
  });
});
