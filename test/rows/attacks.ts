import type { Title } from './titles.js';

/** What is tried against Parley, numbered from 1; a test says with `[attack N]` at the beginning of its title that it tries it. */
export const ATTACKS = [
  'a token without a signature',
  'a token signed with the public key as a secret',
  'keys named by the token itself',
  'a token for another audience, of another issuer, or an ID token',
  'a token past its end, or before its time',
  'a token without an end, or with too long a life',
  'a token about nobody',
  'a token that ends on an open connection',
  'a refresh with the token of somebody else',
  'going on after a revocation',
  'a token in an address',
  'a token of one tenant with another',
  'a signing key that was replaced',
  'pages of foreign origins',
  'an old protocol of the transport',
  'thousands of connections without a token',
  'half a request, and then nothing',
  'thousands of headers',
  'polling ids that are guessed or used from elsewhere',
  'forged addresses of clients',
  'production without TLS',
  'frames above the limit',
  'compressed bombs',
  'a packet with a billion attachments',
  'a million fragments',
  'prototype pollution',
  'commands named as what every object has',
  'reserved names of events',
  'commands without an acknowledgement',
  'values of every other type',
  'deep nesting',
  'author, number, time and tenant in the payload',
  'text that is not Unicode',
  'messages too long, empty, or invisible',
  'client ids of others, or none',
  'numbers that are none',
  'acting in conversations of others',
  'telling what exists from what does not',
  'reading as somebody who is only invited',
  'reading what was before the own time',
  'referring to what was before the own time',
  'receipts for what is not there, or not theirs',
  'starting a chat without the right',
  'letting oneself in',
  'forged words of the system',
  'sending while being removed',
  'scraping the directory',
  'seeing the presence of who did not agree',
  'writing from, or to, do not disturb',
  'histories to where they may not go',
  'markup in text and names',
  'links that are scripts or files',
  'breaking out of the address of an item',
  'addresses that two parsers read differently',
  'redirects through links',
  'hosts that look like others',
  'turning the direction of text',
  'two people of one name',
  'titles of items that the reader may not see',
  'a link with a way back',
  'text that is costly to show',
  'formulas, headers and lines in histories',
  'code and markup from strings, under a strict policy',
  'elements of the host named like variables',
  'messages posted by other pages',
  'text of one user sent as the next one',
  'events of one user told to the next one',
  'pages that come back after the sign-out',
  'tabs that are still open after the sign-out',
  'a tab that dies while it sends',
  'the browser\u2019s files after the sign-out',
  'a flood of messages',
  'storms of typing, clients that do not read, too many connections',
  'records that were changed, cut off or made anew',
  'text, tokens and control characters in the log',
  'signs that mean something to a database',
  'ids named as what every object has',
] as const;

const ATTACK = /^attack (\d+)$/;

/** The numbers of the attacks that a title claims. */
export function attacksOf(title: string): number[] {
  const brackets = /^(?:\s*\[[^\]]*\])+/.exec(title)?.[0] ?? '';
  const items = [...brackets.matchAll(/\[([^\]]*)\]/g)].flatMap(([, inside = '']) => inside.split(/[,;]/));
  return items.flatMap((item) => {
    const number = ATTACK.exec(item.trim())?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** The files with a test of each attack. */
export function testsOfAttacks(titles: readonly Title[]): Map<number, string[]> {
  const files = new Map<number, Set<string>>(ATTACKS.map((_, index) => [index + 1, new Set()]));
  for (const { text, file } of titles) {
    for (const number of attacksOf(text)) {
      const known = files.get(number) ?? new Set();
      files.set(number, known.add(file));
    }
  }
  return new Map([...files].map(([number, found]) => [number, [...found].sort()]));
}

/** As it stands in SECURITY.md, aligned as prettier would. */
export function attackTable(tests: ReadonlyMap<number, readonly string[]>): string {
  const rows = ATTACKS.map((name, index) => [
    String(index + 1),
    name,
    (tests.get(index + 1) ?? []).map((file) => `\`${file}\``).join(', '),
  ]);
  const head = ['N', 'What is tried', 'Tests'];
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const BEGIN = '<!-- attacks: written by `npm run rows -- --write` -->';
const END = '<!-- end of attacks -->';

/** The document with this table in the place of the one that it has. */
export function withAttackTable(document: string, table: string): string {
  const [before, rest] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (before < 0 || rest < before) throw new Error('SECURITY.md has no place for the attacks');
  return `${document.slice(0, before + BEGIN.length)}\n\n${table}\n\n${document.slice(rest)}`;
}
