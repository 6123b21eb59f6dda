import { archiveCommands } from './archive.js';
import type { Command } from './command.js';
import { configPrint } from './config-print.js';
import { documentCommands } from './documents.js';
import { doctor } from './doctor.js';
import { keyCommands } from './keys.js';
import { migrateCommand } from './migrate.js';
import { serve } from './serve.js';
import { sri } from './sri.js';
import { tokenCommands } from './token.js';
import { userRevoke } from './user-revoke.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  serve,
  doctor,
  configPrint,
  ...tokenCommands,
  ...keyCommands,
  userRevoke,
  sri,
  ...documentCommands,
  migrateCommand,
  ...archiveCommands,
];
