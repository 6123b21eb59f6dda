import { describeConfig } from '../config-sources.js';
import { done } from './command.js';
import type { Command } from './command.js';

export const configPrint: Command = {
  name: 'config print',
  summary: ['show every setting, its value and where that came from; secrets masked'],
  // What is still being written shall be shown, too.
  keyless: true,
  run: async ({ read }) => done(describeConfig(read())),
};
