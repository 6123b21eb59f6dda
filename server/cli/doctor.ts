import { counted } from '../counted.js';
import { Misused } from '../archive/outcome.js';
import type { Finding } from '../doctor/finding.js';
import type { Command } from './command.js';

export const doctor: Command = {
  name: 'doctor',
  usage: '[--server URL] [--json]',
  summary: [
    'look at every part of the installation: settings, store, disk, Redis, keys, clock, mail, certificate, bundle; with the',
    'public address also at the way of clients, WebSocket included; exit code 1 when something does not work',
  ],
  values: ['server'],
  switches: ['json'],
  keyless: true,
  run: async ({ read, values: { server }, switches }) => {
    if (server !== undefined && !(URL.canParse(server) && /^https?:/.test(server)))
      throw new Misused(['--server: not an address such as https://chat.example.org']);
    // A server would carry what only this command needs: 9 MB of it.
    const { examine } = await import('../doctor/doctor.js');
    const found = await examine({ ...read(), server: server === undefined ? undefined : new URL(server) });
    const wrong = found.filter(({ level }) => level === 'fail').length;
    const code = wrong > 0 ? 1 : 0;
    if (switches['json']) return { code, lines: [JSON.stringify({ ok: wrong === 0, findings: found }, null, 2)] };
    return {
      code,
      lines: found.map(line),
      ...(wrong > 0 ? { complaint: `${counted(wrong, 'part does', 'parts do')} not work.` } : {}),
    };
  },
};

const line = ({ level, about, says }: Finding): string => `${level.padEnd(4)}  ${about.padEnd(8)}  ${says}`;
