import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

export const ROOT = path.join(import.meta.dirname, '../../..');

const component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  version: z.string(),
  licenses: z.array(z.union([z.object({ license: z.object({ id: z.string() }) }), z.object({ expression: z.string() })])).default([]),
});
const dependency = z.object({ ref: z.string(), dependsOn: z.array(z.string()) });
/** CycloneDX, as far as it is looked at here; the rest is handed on. */
const billOfMaterials = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(component),
  dependencies: z.array(dependency),
});

const lockedPackage = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  hasInstallScript: z.boolean().default(false),
  dev: z.boolean().default(false),
});

export type BillOfMaterials = z.output<typeof billOfMaterials>;
export type Component = z.output<typeof component>;

/** A file at the top of the project. */
export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

/** The packages of the lockfile, each with the folder where it is installed. */
export function lockedPackages() {
  const { packages } = z.object({ packages: z.record(z.string(), z.unknown()) }).parse(JSON.parse(read('package-lock.json')));
  return Object.entries(packages)
    .filter(([folder]) => folder !== '')
    .map(([folder, locked]) => ({ folder, name: folder.split('node_modules/').at(-1) ?? '', ...lockedPackage.parse(locked) }));
}

/**
 * What is installed with Parley, by npm's account of the lockfile. npm is asked for everything and the lockfile for what is only for
 * development: `npm sbom --omit dev` leaves out whatever the tools of development need as well, ws and zod among them.
 */
export function makeBillOfMaterials(): BillOfMaterials {
  const printed = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const all = billOfMaterials.parse(JSON.parse(printed));
  const installed = new Set(
    lockedPackages()
      .filter(({ dev }) => !dev)
      .map(({ name, version }) => `${name}@${version}`),
  );
  const components = all.components
    .filter(({ name, version }) => installed.has(`${name}@${version}`))
    // Says of a package in several folders what holds for one of them.
    .map((one) => ({ ...one, properties: [] }));
  const kept = new Set([all.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const dependencies = all.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));
  const { name } = z.object({ name: z.string() }).parse(JSON.parse(read('package.json')));
  // npm calls what it lists after the folder that it is in.
  const metadata = { ...all.metadata, component: { ...all.metadata.component, name } };
  return { ...all, metadata, components, dependencies };
}

/** Stated in the package in a way of before SPDX, which npm does not read. */
const STATED_OTHERWISE: Readonly<Record<string, string>> = { 'xmlhttprequest-ssl': 'MIT' };

/** The licence as SPDX names it; several are joined. */
export function licenceOf({ name, licenses }: Component): string {
  const stated = licenses.map((one) => ('license' in one ? one.license.id : one.expression)).join(' AND ');
  return stated || (STATED_OTHERWISE[name] ?? 'none stated');
}
