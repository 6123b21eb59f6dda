import { fileVariables, settingFlags } from '../config-names.js';
import { commands } from './commands.js';
import type { Command } from './command.js';

const WIDTH = 28;

/** Of one command, or of all. */
export function help(command: Command | undefined): string {
  if (command) return `${describe(command)}\n\nEvery setting is a flag here, too; parley --help lists them.`;
  return `parley <command> [flags]

${commands.map(describe).join('\n')}

Every setting is a flag (--port), an environment variable (PARLEY_PORT) and a key of a JSON file (port) that --config or PARLEY_CONFIG
names; the first of these three that names it wins:
${columns(settingFlags.map((flag) => `--${flag}`))}

Secrets are better read from files, which ${[...fileVariables.keys()][0] ?? ''} and its like name.

Exit codes: 0 done; 1 it failed, or found something wrong; 2 asked wrongly: arguments or settings; 3 (verify) all is whole, but the signed
heads show that there was more before a restore.  --help, --version`;
}

function describe({ name, usage, summary }: Command): string {
  const typed = `  ${name}${usage === undefined ? '' : ` ${usage}`}`;
  const [first = '', ...rest] = summary;
  const indent = ' '.repeat(WIDTH + 2);
  const lines = typed.length < WIDTH + 2 ? [typed.padEnd(WIDTH + 2) + first] : [typed, indent + first];
  return [...lines, ...rest.map((line) => (line.startsWith('--') ? `    ${line}` : indent + line))].join('\n');
}

function columns(words: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += 5) {
    const row = words.slice(at, at + 5).map((word) => word.padEnd(26));
    lines.push(`  ${row.join('').trimEnd()}`);
  }
  return lines.join('\n');
}
