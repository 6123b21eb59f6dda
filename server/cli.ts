#!/usr/bin/env node
/** Before anything else is loaded: under an older Node the imports below would fail with a message about syntax or SQLite. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 23)) {
  process.stderr.write(`parley needs Node 22.23 or later; this is ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  const { main } = await import('./cli/main.js');
  process.exitCode = await main(process.argv.slice(2), process.env);
}

export {};
