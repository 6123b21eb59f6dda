import { conversation, entry, events, handshake, person, PROTOCOL_VERSION } from '#protocol';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CID, CONVERSATION } from './samples.js';

/** What a newer server may say, and what this client makes of it. */
const plain = { conversation: CONVERSATION, seq: 3, cid: CID, author: 'anna', at: 1_700_000_000_000 };

describe('additions of a newer peer', () => {
  it('[P2] an entry of an unknown kind keeps its number and shows nothing', () => {
    const parsed = entry.parse({ ...plain, body: { kind: 'poll', question: 'x' }, reactions: [] });
    assert.deepEqual(parsed, { ...plain, body: { kind: 'unknown' } });
  });

  it('[P2] a known kind with a new field stays what it is', () => {
    const parsed = entry.parse({ ...plain, body: { kind: 'message', text: 'x', links: [], urgent: true } });
    assert.deepEqual(parsed.body, { kind: 'message', text: 'x', links: [] });
  });

  it('an entry without a body, or with one without a kind, is refused', () => {
    for (const body of [undefined, null, {}, { kind: 1 }, 'message']) assert.equal(entry.safeParse({ ...plain, body }).success, false);
  });

  it('[P2] an unknown state change is known as such, so that the client asks for the snapshot', () => {
    assert.deepEqual(events['state:changed'].parse({ revision: 4, change: { type: 'contact', contact: {} } }), {
      revision: 4,
      change: { type: 'unknown' },
    });
  });

  it('[W4] an unknown availability is never shown as available', () => {
    const parsed = events['presence:changed'].parse({ user: 'anna', presence: { availability: 'on-the-phone', since: 1 } });
    assert.equal(parsed.presence.availability, 'unknown');
  });

  it('[P2] an unknown reason for the end is still an end', () => {
    assert.equal(events['session:ended'].parse({ reason: 'maintenance' }).reason, 'refused');
  });

  it('[P1] the handshake names a whole protocol version, newer ones included', () => {
    const hello = { token: 't', protocol: PROTOCOL_VERSION + 5, device: '0b0e7c52-0f6f-4e0e-9f0e-3c5d0a6a7d11' };
    assert.equal(handshake.parse({ ...hello, shinyNewField: 1 }).protocol, PROTOCOL_VERSION + 5);
    for (const protocol of [undefined, '1', 1.5, Number.NaN]) assert.equal(handshake.safeParse({ ...hello, protocol }).success, false);
  });

  it('[attack 7] a subject that is no id is refused wherever a user is named', () => {
    const accepts = (id: unknown): boolean => person.safeParse({ id, name: 'Anna' }).success;
    for (const id of [undefined, '', ['anna'], 'x'.repeat(10_240), 'a b', 'a\n', '\u202Eanna', 7])
      assert.equal(accepts(id), false, String(id).slice(0, 20));
    for (const id of ['anna', 'anna@hospital.example', 'auth0|5f7c8ec7', 'prototype']) assert.equal(accepts(id), true, id);
  });

  it('[X9] [attack 57] names and titles have no controls and no direction overrides', () => {
    for (const name of ['a\nb', 'a\u0000b', 'a\u001B[31m', '\u202Eanna', 'a\u2066b', '\u200B', '']) {
      assert.equal(person.safeParse({ id: 'anna', name }).success, false, JSON.stringify(name));
    }
    for (const name of ['Ängström', 'عبد الله', '李小龍', "O'Neill <b>", '=cmd()'])
      assert.equal(person.safeParse({ id: 'anna', name }).success, true, name);
  });

  it('[attack 77] ids such as __proto__ and constructor are ids and nothing else', () => {
    const parsed = events['receipt:moved'].parse({ conversation: CONVERSATION, user: '__proto__', marks: { delivered: 1, read: 1 } });
    assert.equal(parsed.user, '__proto__');
    assert.equal(conversation.safeParse({ id: '__proto__' }).success, false);
  });
});
