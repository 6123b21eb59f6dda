import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { references, ROOT } from './references.js';

for (const [file, text] of Object.entries(references())) writeFileSync(path.join(ROOT, file), text);
