import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { validate as lintDockerfile } from 'dockerfile-utils';
import { parseAllDocuments } from 'yaml';
import { fileVariables, variableOf } from '../../server/config-names.js';
import { settingSchemas } from '../../server/config.js';
import { ROOT, read } from './bill-of-materials.js';

const FOLDER = 'server/deploy';

const SETTINGS = new Set(Object.keys(settingSchemas).map(variableOf));

interface Manifest {
  apiVersion: string;
  kind: string;
}
type Model = new (manifest: unknown) => { validate(): void };

/** Throws for what the API of Kubernetes would refuse; its schemas come with the package. */
async function validateManifest(manifest: Manifest): Promise<void> {
  const group = (await import(`kubernetes-models/${manifest.apiVersion}`)) as Record<string, Model>;
  const KindModel = group[manifest.kind];
  assert.ok(KindModel, manifest.kind);
  new KindModel(manifest).validate();
}

const manifests = parseAllDocuments(read(`${FOLDER}/kubernetes.yaml`)).map((document) => document.toJS() as Manifest);

test('the example for Kubernetes is what its API takes, and a misspelt key is seen', async () => {
  assert.deepEqual(
    manifests.map(({ kind }) => kind),
    ['Deployment', 'PodDisruptionBudget', 'Service', 'Ingress'],
  );
  for (const manifest of manifests) await validateManifest(manifest);
  await assert.rejects(validateManifest({ apiVersion: 'v1', kind: 'Service', spec: { selector: [] } } as Manifest));
});

test('the example for Docker Compose has no finding of its linter', () => {
  const linter = path.join(ROOT, 'node_modules/dclint/bin/dclint.cjs');
  const run = spawnSync(process.execPath, [linter, '--max-warnings', '0', path.join(ROOT, FOLDER, 'compose.yaml')], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout + run.stderr);
});

test('the Dockerfile has no finding of its linter', () => {
  assert.deepEqual(lintDockerfile(read(`${FOLDER}/Dockerfile`)), []);
  assert.notDeepEqual(lintDockerfile('FORM node'), []);
});

test('a pod does not get variables of its own Service, which begin as settings do', () => {
  assert.match(read(`${FOLDER}/kubernetes.yaml`), /^ +enableServiceLinks: false$/m);
});

test('every setting that the examples name is one of the server', () => {
  const texts = ['Dockerfile', 'compose.yaml', 'kubernetes.yaml'].map((file) => read(`${FOLDER}/${file}`)).join('\n');
  const named = new Set(texts.match(/PARLEY_[A-Z_]+/g));
  assert.ok(named.size > 5);
  for (const name of named) assert.ok(SETTINGS.has(name) || fileVariables.has(name), name);
});
