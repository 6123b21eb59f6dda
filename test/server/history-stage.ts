import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import type { CommandInput } from '#protocol';
import { Refusal, TENANT } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

type To = CommandInput<'history:send'>['to'];

export const FROM = 'chat@parley.example';
/** Attempts follow each other at once; a mail that never leaves is given up within a second or so. */
export const QUICK = { mailRetry: 20, mailRetryLongest: 50, mailGiveUp: 600_000, mailStep: 300, mailLease: 2_000 };

export const refusedWith = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
export const send = (client: TestClient, conversation: string, to: To, more: Partial<CommandInput<'history:send'>> = {}) =>
  client.command('history:send', { conversation, cid: v7(), to, ...more });

/** A group of its own for each test: a pair has one direct chat only. */
export async function start(client: TestClient): Promise<string> {
  return (await client.command('conversation:create', { cid: v7(), kind: 'group', members: ['bob'], title: 'Ward 3' })).conversation.id;
}

/** As the host does it. */
export async function allow(server: TestServer, allowed: boolean, domains: string[]): Promise<void> {
  const token = await server.token('host', { scope: 'parley:policies' });
  const answer = await fetch(`${server.url}/v1/policies`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ export: { allowed, domains } }),
  });
  assert.equal(answer.ok, true, `${answer.status} ${await answer.text()}`);
}

export async function prepare(server: TestServer): Promise<void> {
  const { storage } = server.server;
  await storage.putPeople(TENANT, [
    { id: 'ann', name: 'Dr Ann', email: 'ann@hospital.example' },
    { id: 'bob', name: 'Bob', email: 'bob@hospital.example' },
    { id: 'cyd', name: 'Cyd' },
    { id: 'odd', name: 'Odd, <x@evil.example>', email: 'odd@hospital.example' },
  ]);
  await storage.putGroup(TENANT, { id: 'icu', name: 'Intensive care', kind: 'team', members: ['ann', 'bob', 'cyd'] });
  await storage.putGroup(TENANT, { id: 'lab', name: 'Laboratory', kind: 'team', members: ['bob'], email: 'lab@hospital.example' });
  await storage.putMailbox(TENANT, { id: 'office', name: 'Ward office', email: 'ward@hospital.example' });
}
