import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../../server/cli/main.js';
import { CURRENT, prose, ROOT, snippets, where } from './documents.js';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const help = (await runCommand(['--help'], {})).lines.join('\n');
/** What a shell snippet may call besides; nothing of it is Parley's. */
const OTHERS = ['curl', 'node', 'apt-get', 'openssl', 'export'];

function checkNpm(words: readonly string[], at: string): void {
  const [verb = '', name = ''] = words;
  if (verb === 'run') assert.ok(scripts[name], `${at}: npm run ${name}`);
  else if (verb === 'start' || verb === 'test') assert.ok(scripts[verb], `${at}: npm ${verb}`);
  else assert.ok(['ci', 'install'].includes(verb), `${at}: npm ${verb}`);
}

/** `parley keys generate --alg ES256`: the command and its flags are in the help. */
function checkParley(words: readonly string[], at: string): void {
  const name = words.findIndex((word) => !/^[a-z]+$/.test(word));
  const named = words.slice(0, name === -1 ? words.length : name);
  const known = [named.slice(0, 2).join(' '), named[0] ?? ''].some((one) => one !== '' && new RegExp(`^  ${one}(?![a-z])`, 'm').test(help));
  assert.ok(known, `${at}: parley ${words.join(' ')}`);
  for (const flag of words.filter((word) => word.startsWith('--')))
    assert.match(help, new RegExp(`(?<![a-z-])${flag}(?![a-z-])`), `${at}: parley ${words.join(' ')}`);
}

function check(command: string, at: string): void {
  const words = command.trim().split(/\s+/);
  if (words[0] === 'npm') checkNpm(words.slice(1), at);
  else if (words[0] === 'npx') {
    assert.equal(words[1], 'parley', at);
    checkParley(words.slice(2), at);
  } else if (words[0] === 'parley') checkParley(words.slice(1), at);
  else assert.ok(OTHERS.includes(words[0] ?? ''), `${at}: ${command}`);
}

test('what the shell is told to do in the documents can be done', () => {
  for (const one of snippets('sh'))
    for (const line of one.text.replace(/\\\n/g, ' ').split('\n'))
      for (const command of line.split(/&&|&\s*$/))
        if (command.trim() !== '') check(command.replace(/"[^"]*"|'[^']*'/g, 'TEXT'), where(one));
});

test('commands that are named in a sentence are there', () => {
  let count = 0;
  for (const file of CURRENT)
    for (const [, code = ''] of prose(file).matchAll(/`([^`\n]+)`/g))
      if (/^(npm (run|test|start|ci)\b|(npx )?parley [a-z])/.test(code)) {
        count += 1;
        for (const command of code.split('&&')) check(command.replace(/\[|\]|"[^"]*"/g, ' '), `${file}: ${code}`);
      }
  assert.ok(count > 30, `${count} commands were found`);
});

test('a command, a flag or a script that is not there is found', () => {
  for (const wrong of ['npm run nothing', 'parley nothing', 'npx parley serve --nothing', 'nothing'])
    assert.throws(() => check(wrong, 'here'), assert.AssertionError, wrong);
});
