import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asyncApiText } from './asyncapi.js';

/* npm run docs:protocol [-- --check]: writes sdk/protocol/asyncapi.json, or fails when it is not what the catalogs say. */
const file = path.join(import.meta.dirname, '../../../sdk/protocol/asyncapi.json');
const text = asyncApiText();

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  console.log('sdk/protocol/asyncapi.json is written.');
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('sdk/protocol/asyncapi.json is not current: run npm run docs:protocol and commit it with the change.');
  process.exitCode = 1;
} else {
  console.log('sdk/protocol/asyncapi.json is current.');
}
