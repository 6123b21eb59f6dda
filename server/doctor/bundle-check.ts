import { existsSync, readdirSync } from 'node:fs';
import { missingFiles, readManifest, versionedPath, ENTRY } from '../http/bundle-files.js';
import { isVersion } from '../http/kept-bundles.js';
import { findings } from './finding.js';
import type { Check } from './finding.js';

const { ok, fail } = findings('bundle');

export const bundleCheck: Check = {
  about: 'bundle',
  async look({ config }) {
    const missing = missingFiles();
    if (missing.length > 0) return [fail(`files are missing, install again: ${missing.join(', ')}`)];
    const own = ok(`${Object.keys(readManifest()).length} files, served from ${versionedPath(ENTRY)}`);
    if (config.bundles === undefined) return [own];
    // A folder that is not there yet is made by the first start.
    const kept = existsSync(config.bundles) ? readdirSync(config.bundles).filter((name) => isVersion(name)) : [];
    return [own, ok(`kept in ${config.bundles}: ${kept.join(', ') || 'none yet'}`)];
  },
};
