import { backUp } from '../archive/back-up.js';
import { erase } from '../archive/erase.js';
import { exportArchive } from '../archive/export-archive.js';
import { restore } from '../archive/restore.js';
import { verify } from '../archive/verify.js';
import { withConfig } from './command.js';
import type { Command } from './command.js';

/** What operators and auditors do with the store itself. */
export const archiveCommands: readonly Command[] = [
  {
    name: 'verify',
    summary: [
      'check every conversation and the audit log; it only reads, and the server may run',
      '--anchors DIR [--key K]   ... also against the signed heads in DIR, signed by the public key K (several: with commas)',
      '--export DIR [--key K]    ... an export instead of the store',
    ],
    values: ['export', 'key'],
    keyless: true,
    run: withConfig(verify),
  },
  {
    name: 'backup',
    usage: 'FILE [--by NAME]',
    summary: ['copy the store into FILE while the server runs, and check the copy'],
    values: ['by'],
    words: 1,
    keyless: true,
    run: withConfig(backUp),
  },
  {
    name: 'restore',
    usage: 'FILE --by NAME --reason TEXT [--force]',
    summary: ['put a backup in the place of the store; the server must be stopped'],
    values: ['by', 'reason'],
    switches: ['force'],
    words: 1,
    keyless: true,
    run: withConfig(restore),
  },
  {
    name: 'export',
    usage: '--audit --tenant T --out DIR --by NAME --reason TEXT [--conversation C] [--from TIME] [--to TIME]',
    summary: ['everything an auditor needs, in a folder that explains itself'],
    values: ['tenant', 'out', 'by', 'reason', 'conversation', 'from', 'to'],
    switches: ['audit'],
    keyless: true,
    run: withConfig(exportArchive),
  },
  {
    name: 'erase',
    usage: '--tenant T --conversation C --seq N --by NAME --second NAME --reason TEXT',
    summary: ['remove the text of one message for a reason of law; needs PARLEY_ERASURE=on'],
    values: ['tenant', 'conversation', 'seq', 'by', 'second', 'reason'],
    keyless: true,
    run: withConfig(erase),
  },
];
