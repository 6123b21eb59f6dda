import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineFacts } from '../machine-facts.js';
import { markdownTable } from '../report.js';
import type { ScenarioProfile } from './profile-scenario.js';
import type { Share } from './summarise.js';

/** Beside the sources, whatever is compiled to where. */
const FILE = join(import.meta.dirname, '../../../../test/bench/PROFILES.md');
/** Functions of each thread. */
const FUNCTIONS = 15;
/** Files and packages of each thread. */
const MODULES = 5;

export function writeProfiles(profiles: readonly ScenarioProfile[], machine: MachineFacts, now = new Date()): void {
  writeFileSync(FILE, profileRecord(profiles, machine, now));
}

/** The text of PROFILES.md: what a flame graph shows, in words that two versions can be compared by. */
export function profileRecord(profiles: readonly ScenarioProfile[], machine: MachineFacts, now: Date): string {
  const names = profiles.map(({ scenario }) => scenario).join(',');
  const facts = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  return [
    '# Profiles',
    '',
    `Written by \`npm run bench -- --profile ${names} --write\` on ${now.toISOString().slice(0, 10)}. Do not edit.`,
    '',
    `${facts.join('; ')}.`,
    'Where the time of the processor went from the moment at which the server was ready, thread by thread. Shares are of the time in which the',
    'thread was not idle: "itself" without what a function calls, "all" with it. Names without a file are the engine (V8 and Node); what SQLite',
    'does counts for the function that asks it, and so does waiting for the disk, which is most of a commit (`#commitAll`).',
    '',
    ...profiles.flatMap(scenarioLines),
  ].join('\n');
}

function scenarioLines({ scenario, threads }: ScenarioProfile): string[] {
  return [
    `## ${scenario}`,
    '',
    ...threads.flatMap(({ title, summary: { total, idle, collector, self, inclusive, modules } }) => {
      const all = new Map(inclusive.map(({ name, share }) => [name, share]));
      const head = `${(total / 1_000).toFixed(1)} s, idle ${percent(idle)}; of the rest, garbage collector ${percent(collector)}`;
      return [
        `### ${title}`,
        '',
        `${head}. By module: ${modules.slice(0, MODULES).map(inWords).join(', ')}.`,
        '',
        ...markdownTable(
          ['itself', 'all', 'function'],
          self.slice(0, FUNCTIONS).map(({ name, share }) => [percent(share), percent(all.get(name) ?? share), name]),
          [2],
        ),
        '',
      ];
    }),
  ];
}

function inWords({ name, share }: Share): string {
  return `${name} ${percent(share)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
