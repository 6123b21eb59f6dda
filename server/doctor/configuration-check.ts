import { statSync } from 'node:fs';
import { secretSettings } from '../config-names.js';
import type { SettingName } from '../config.js';
import { findings } from './finding.js';
import type { Check, Finding } from './finding.js';

const { ok, warn } = findings('settings');

export const configurationCheck: Check = {
  about: 'settings',
  look: async ({ config, sources, files }) => [
    ok(`${sources.size} given, the others have their defaults (parley config print); Node ${process.versions.node}`),
    ...(config.origins.length === 0 ? [warn('PARLEY_ORIGINS is not set: no page may connect')] : []),
    ...(config.nativeClients && config.origins.length > 0
      ? [warn('PARLEY_NATIVE_CLIENTS is on: clients without an Origin are let in; off is safer where every client is a page')]
      : []),
    ...readableByOthers(files),
  ],
};

/** A file that a secret was read from and that everybody on the machine may read. */
function readableByOthers(files: ReadonlyMap<SettingName, string>): Finding[] {
  const holding = new Set([...secretSettings].flatMap((setting) => files.get(setting) ?? []));
  return [...holding].flatMap((file) =>
    (statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o044
      ? [warn(`${file} holds a secret and others may read it: chmod 600`)]
      : [],
  );
}
