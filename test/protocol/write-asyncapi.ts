import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { asyncApiText } from './asyncapi.js';
import { openApiText } from './openapi.js';

/* npm run docs:protocol [-- --check]: writes the documents of both interfaces, or fails when one is not what the code says. */
const root = path.join(import.meta.dirname, '../../..');
const documents = { 'sdk/protocol/asyncapi.json': asyncApiText(), 'server/http/openapi.json': openApiText() };
const check = process.argv.includes('--check');

for (const [name, text] of Object.entries(documents)) {
  const file = path.join(root, name);
  if (!check) {
    writeFileSync(file, text);
    console.log(`${name} is written.`);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not current: run npm run docs:protocol and commit it with the change.`);
    process.exitCode = 1;
  } else {
    console.log(`${name} is current.`);
  }
}
