import { readFile } from 'node:fs/promises';
import { openApi } from '../http/openapi.js';
import { done } from './command.js';
import type { Command } from './command.js';

/** Generated from the catalogs; the package brings it. */
const ASYNCAPI = new URL('../../../sdk/protocol/asyncapi.json', import.meta.url);

export const documentCommands: readonly Command[] = [
  {
    name: 'openapi',
    summary: ['print the description of the REST API for back ends (OpenAPI 3.1, JSON)'],
    run: async () => done(JSON.stringify(openApi(), null, 2)),
  },
  {
    name: 'asyncapi',
    summary: ['print the description of the socket (AsyncAPI 3, JSON)'],
    run: async () => done((await readFile(ASYNCAPI, 'utf8')).trimEnd()),
  },
];
