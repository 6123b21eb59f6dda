import { contextLink, LIMITS } from '#protocol';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { link, longest } from './samples.js';

const accepts = (over: object): boolean => contextLink.safeParse({ ...link(), ...over }).success;

describe('context link', () => {
  it('[attack 52] only http and https addresses are links', () => {
    const refused = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      '\u0001javascript:alert(1)',
      'java\tscript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'blob:https://host.example/1',
      'file:///etc/passwd',
      'ftp://host.example/',
      'https://host.example/a b',
      'https://host.example/\n',
      '',
    ];
    for (const href of refused) assert.equal(accepts({ href }), false, JSON.stringify(href));
    for (const href of ['https://host.example/study/1?x=y#z', 'http://localhost:4000/', 'HTTPS://HOST.example'])
      assert.equal(accepts({ href }), true, href);
  });

  it('[attack 54] an address that two parsers would read differently is refused', () => {
    for (const href of [
      '//evil.example',
      'https:evil.example',
      'https://good.example@evil.example',
      '\\\\evil.example',
      'https:\\\\evil.example',
      'https://',
      'https:///x',
    ]) {
      assert.equal(accepts({ href }), false, href);
    }
  });

  it('[attack 53] kind, id and context hold nothing that could break out of a host address template', () => {
    for (const kind of ['', 'Study', '1study', 'a b', 'a"', 'constructor\n', 'x'.repeat(33), '__proto__'])
      assert.equal(accepts({ kind }), false, kind);
    for (const id of ['', 'a\nb', 'a\u0000', 'a\u202Eb', 'a\u2028b', 'x'.repeat(LIMITS.linkIdLength + 1)])
      assert.equal(accepts({ id }), false, JSON.stringify(id));
    for (const context of [
      { 'a b': 'x' },
      { A: 'x' },
      { a: 'x\r\n' },
      { a: 1 },
      { a: 'x'.repeat(LIMITS.linkContextLength + 1) },
      'x',
      [],
    ]) {
      assert.equal(accepts({ context }), false, JSON.stringify(context));
    }
    const many = Object.fromEntries(Array.from({ length: LIMITS.linkContextEntries + 1 }, (_, index) => [`k${index}`, 'x']));
    assert.equal(accepts({ context: many }), false);
    assert.equal(accepts({ context: { series: '1.2.3', frame: '12' } }), true);
  });

  it('[attack 26] a context with __proto__ changes no prototype', () => {
    const parsed = contextLink.safeParse({ ...link(), context: JSON.parse('{"__proto__":{"x":1}}') as unknown });
    assert.ok(!parsed.success || Object.keys(parsed.data.context ?? {}).length === 0);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });

  it('[attack 57] a label has no direction override and no line break', () => {
    for (const label of ['a\u202Eb', 'a\u2066b', 'a\nb', '\u200B']) assert.equal(accepts({ label }), false, JSON.stringify(label));
  });

  it('the longest that the bounds admit is admitted', () => assert.equal(accepts(longest.link), true));
});
