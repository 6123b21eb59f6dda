import assert from 'node:assert/strict';
import { test } from 'node:test';
import { licenceOf, lockedPackages, makeBillOfMaterials, read } from './bill-of-materials.js';

/**
 * The oldest versions without a known way in (reliability 1.12): CVE-2026-33151 in the parser, CVE-2026-45736 and -48779 in ws. SQLite comes
 * with Node, and a store refuses to open with one that is too old (`STORE_ENGINE_TOO_OLD`).
 */
const FLOORS: Readonly<Record<string, string>> = { 'socket.io-parser': '4.2.6', ws: '8.21.0', 'engine.io': '6.6.9' };

/** Licences that ask for nothing but to be named, so that Parley can be sold with a product. */
const LICENCES = new Set(['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense']);

const { components } = makeBillOfMaterials();
const locked = lockedPackages();
const installed = locked.filter(({ dev }) => !dev);

const isOlder = (version: string, floor: string): boolean => version.localeCompare(floor, 'en', { numeric: true }) < 0;

for (const [name, floor] of Object.entries(FLOORS)) {
  test(`[reliability 1.12] every ${name} that is installed is at least ${floor}`, () => {
    const versions = components.filter((component) => component.name === name).map(({ version }) => version);
    assert.ok(versions.length > 0, `${name} is not installed: take it from the list`);
    assert.deepEqual(
      versions.filter((version) => isOlder(version, floor)),
      [],
    );
  });
}

test('[reliability 1.12] a floor is compared as a version and not as a text', () => {
  assert.ok(isOlder('8.9.0', '8.21.0') && !isOlder('8.21.0', '8.21.0') && !isOlder('10.0.0', '8.21.0'));
});

test('whatever is installed with Parley may be used in a product that is sold', () => {
  const others = components.filter((component) => !LICENCES.has(licenceOf(component)));
  assert.deepEqual(
    others.map((component) => `${component.name}: ${licenceOf(component)}`),
    [],
  );
});

test('the bill of materials leaves out nothing that is installed with Parley', () => {
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = installed.filter(({ name, version }) => !listed.has(`${name}@${version}`));
  assert.deepEqual(missing, []);
  assert.ok(listed.size < locked.length / 2, 'what is only for development is not in it');
});

test('the lockfile pins every package by its digest and says nothing of where it was downloaded', () => {
  for (const { folder, integrity, resolved } of locked) {
    assert.match(integrity ?? '', /^sha512-/, folder);
    assert.equal(resolved, undefined, folder);
  }
});

test('what is installed with Parley runs no script at its installation', () => {
  assert.deepEqual(
    installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name),
    [],
  );
});

test('package.json names one version of each dependency and no range', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/, name);
});
