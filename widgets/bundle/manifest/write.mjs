import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { documents } from './documents.mjs';

for (const [file, text] of Object.entries(documents())) writeFileSync(path.join(import.meta.dirname, '../../../dist', file), text);
