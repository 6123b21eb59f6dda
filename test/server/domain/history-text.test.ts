import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Entry, EntryBody } from '#protocol';
import { HistoryText } from '../../../server/domain/history-text.js';

const AT = Date.UTC(2026, 10, 12, 13, 2, 5);
const names = new Map([
  ['ann', 'Dr Ann'],
  ['bob', 'Bob'],
]);
const nameOf = (user: string): string => names.get(user) ?? user;

function entry(body: EntryBody, author = 'ann'): Entry {
  return { conversation: 'c', seq: 1, cid: 'x', author, at: AT, body };
}

function say(text: string): EntryBody {
  return { kind: 'message', text, links: [] };
}

test('[B20, E13] a line is the time in the zone asked for, 24-hour with seconds, the name and the text', () => {
  const berlin = new HistoryText({ timeZone: 'Europe/Berlin' });
  assert.equal(berlin.entry(entry(say('hello')), nameOf), '2026-11-12 14:02:05  Dr Ann: hello\n');
  assert.equal(new HistoryText({}).entry(entry(say('hello')), nameOf), '2026-11-12 13:02:05  Dr Ann: hello\n');
  const midnight = new HistoryText({ timeZone: 'Asia/Kolkata' });
  assert.equal(midnight.time(Date.UTC(2026, 0, 1, 18, 30, 0)), '2026-01-02 00:00:00');
  // The night in which an hour comes twice.
  assert.equal(berlin.time(Date.UTC(2026, 9, 25, 0, 30)), '2026-10-25 02:30:00');
  assert.equal(berlin.time(Date.UTC(2026, 9, 25, 1, 30)), '2026-10-25 02:30:00');
});

test('[E13] the head names the zone, who takes part, the period and who sent it', () => {
  const text = new HistoryText({ timeZone: 'America/New_York', language: 'en-GB' });
  const facts = { title: 'Trauma', participants: ['Dr Ann', 'Bob', 'Cyd'], period: { from: AT, to: AT + 60_000 }, sender: 'Bob', at: AT };
  assert.equal(
    text.head(facts),
    [
      'Chat history: Trauma',
      'Participants: Dr Ann, Bob, and Cyd',
      'Period: 2026-11-12 08:02:05 - 2026-11-12 08:03:05',
      'Time zone: America/New_York',
      'Sent by: Bob, 2026-11-12 08:02:05',
      '',
      '',
    ].join('\n'),
  );
  assert.equal(text.subject({ ...facts, title: null }), 'Chat history: Dr Ann, Bob, and Cyd');
});

test('[E13] a zone or language that nobody knows is UTC and English', () => {
  for (const form of [{ timeZone: 'Mars/Olympus' }, { timeZone: '' }, { language: 'xx-made-up' }, { language: '\u0000' }]) {
    const text = new HistoryText(form);
    assert.equal(text.timeZone, 'UTC');
    assert.equal(text.entry(entry({ kind: 'ended' }), nameOf), '2026-11-12 13:02:05  * Dr Ann ended the chat for all\n');
  }
});

test('[B20] every kind of entry has its line, and one of a later version has none', () => {
  const text = new HistoryText({});
  const said = (body: EntryBody, author?: string): string => text.entry(entry(body, author), nameOf).slice(21).trimEnd();
  assert.equal(said({ kind: 'started', users: ['ann', 'bob'], title: 'x' }), '* Dr Ann started the chat with Bob');
  assert.equal(said({ kind: 'joined', users: ['bob', 'cyd'] }), '* Dr Ann added Bob and cyd');
  assert.equal(said({ kind: 'joined', users: ['bob'] }, 'bob'), '* Bob joined');
  assert.equal(said({ kind: 'left', users: ['bob'] }, 'bob'), '* Bob left');
  assert.equal(said({ kind: 'renamed', title: 'Ward 3' }), '* Dr Ann changed the title to "Ward 3"');
  assert.equal(
    said({ kind: 'history-sent', to: ['Ward office', 'x@y.example'] }),
    '* Dr Ann sent the history to Ward office and x@y.example',
  );
  assert.equal(said({ kind: 'history-failed', to: 'Ward office', reason: 'refused' }), '* The history did not reach Ward office');
  assert.equal(text.entry(entry({ kind: 'unknown' }), nameOf), '');
});

test('[B20] links are references, with the label only where it was stored', () => {
  const text = new HistoryText({});
  const links = [
    { kind: 'study', id: '1.2.840' },
    { kind: 'mail', id: '7', label: 'Re: lab\nvalues', href: 'https://mail.example/7' },
  ];
  const indent = ' '.repeat(21);
  assert.equal(
    text.entry(entry({ kind: 'message', text: 'see', links }), nameOf),
    `2026-11-12 13:02:05  Dr Ann: see\n${indent}[study 1.2.840]\n${indent}[mail 7] Re: labvalues <https://mail.example/7>\n`,
  );
  assert.equal(
    text.entry(entry({ kind: 'message', text: '', links: links.slice(0, 1) }), nameOf),
    '2026-11-12 13:02:05  Dr Ann: [study 1.2.840]\n',
  );
});

test('[attack 62] whatever somebody writes, no line begins as the line of another does', () => {
  const text = new HistoryText({ timeZone: 'Europe/Berlin' });
  const forged = '\n2026-11-12 14:02:05  Bob: I agree';
  const breaks = [
    '\n',
    '\r',
    '\r\n',
    '\v',
    '\f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\u001c',
    '\u001d',
    '\u001e',
    '\n\r',
    '\u001b[2K\r',
    '\u202e',
    '\b',
  ];
  const content = fc.array(fc.oneof(fc.constantFrom(...breaks, forged, 'x', ' '), fc.string({ unit: 'grapheme' })), { maxLength: 12 });
  fc.assert(
    fc.property(content, content, (parts, title) => {
      const entries = [
        entry(say(parts.join(''))),
        entry({ kind: 'renamed', title: title.join('') }),
        entry({ kind: 'history-sent', to: [title.join('')] }),
      ];
      for (const one of entries) {
        const lines = text.entry(one, (user) => `${nameOf(user)}${title.join('')}`).split('\n');
        assert.equal(lines.pop(), '');
        assert.match(lines.shift() ?? '', /^2026-11-12 14:02:05 {2}(\* )?Dr Ann/);
        for (const line of lines) assert.ok(line.startsWith(' '.repeat(21)), JSON.stringify(line));
      }
      // Nothing is left that a viewer takes for the end of a line, or that turns a line round.
      assert.doesNotMatch(
        entries.map((one) => text.entry(one, nameOf)).join(''),
        /[\r\v\f\u001b-\u001e\u0008\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/,
      );
    }),
    { numRuns: 300 },
  );
});
