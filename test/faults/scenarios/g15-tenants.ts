import { setTimeout as wait } from 'node:timers/promises';
import { commands, type CommandName } from '#protocol';
import { v7 } from 'uuid';
import { type Finding, finding } from '../checkers/finding.js';
import { RawClient } from '../driver/raw-client.js';
import type { Scenario } from './scenario.js';

const TENANTS = ['north', 'south'] as const;
const USERS = ['ada', 'bob', 'cy'];

/** What asks for something that is there for others: of a conversation of one's own it would be answered. */
const PRYING: Partial<Record<CommandName, (conversation: string) => object>> = {
  'conversation:get': (conversation) => ({ conversation }),
  'entry:range': (conversation) => ({ conversation, limit: 200 }),
  'message:send': (conversation) => ({ conversation, cid: v7(), text: 'from elsewhere', links: [] }),
  'conversation:invite': (conversation) => ({ conversation, cid: v7(), users: ['cy'] }),
  'conversation:join': (conversation) => ({ conversation, cid: v7() }),
  'conversation:decline': (conversation) => ({ conversation, cid: v7() }),
  'conversation:leave': (conversation) => ({ conversation, cid: v7() }),
  'conversation:end': (conversation) => ({ conversation, cid: v7() }),
  'conversation:rename': (conversation) => ({ conversation, cid: v7(), title: 'Taken' }),
  'receipt:mark': (conversation) => ({ conversation, read: 1 }),
  'typing:set': (conversation) => ({ conversation, active: true }),
  'history:text': (conversation) => ({ conversation }),
};

export const tenants: Scenario = {
  guarantee: 'G15',
  promise: 'no operation crosses tenants, not even where both have the same ids',
  engines: ['sqlite', 'postgres'],
  floors: { faults: 20, acknowledged: 20 },
  async run(stage) {
    const subject = await stage.subject();
    const findings: Finding[] = [];
    const own: Record<string, string> = {};
    const clients: { tenant: string; client: RawClient }[] = [];
    let frames = 0;
    for (const tenant of TENANTS) {
      const foreign = TENANTS.find((other) => other !== tenant) ?? '';
      for (const user of USERS) {
        const onFrame = (path: string, payload: unknown): void => {
          frames += 1;
          const text = JSON.stringify(payload) ?? '';
          const conversation = own[foreign];
          if (text.includes(`word of ${foreign}`) || (conversation !== undefined && text.includes(conversation)))
            findings.push(finding('leak', `${user} of ${tenant} got something of ${foreign} by ${path}`));
        };
        const token = await subject.token(user, { tenant, name: `${user} of ${tenant}` });
        clients.push({ tenant, client: await RawClient.connect(subject.url, user, token, { onFrame }) });
      }
      const [ada] = clients.filter((one) => one.tenant === tenant);
      const cid = '01900000-0000-7000-8000-000000000001';
      const created = await ada?.client.ask('conversation:create', {
        cid,
        kind: 'group',
        members: USERS.slice(1),
        title: `Room of ${tenant}`,
      });
      own[tenant] = created?.conversation.id ?? '';
    }
    const rounds = stage.size({ commit: 40, nightly: 1_000, release: 1_000 });
    let [tried, acknowledged] = [0, 0];
    for (let round = 0; round < rounds && stage.timeLeft(); round += 1) {
      const cid = v7();
      for (const { tenant, client } of clients) {
        // The same id of the same user id, in both tenants at once.
        const conversation = own[tenant] ?? '';
        const said = await client.answer('message:send', { conversation, cid, text: `word of ${tenant} ${String(round)}`, links: [] });
        if (said.ok) acknowledged += 1;
        else findings.push(finding('refusal', `${client.user} of ${tenant} was answered ${said.error.code} at home`, conversation));
        const foreign = own[TENANTS.find((other) => other !== tenant) ?? ''] ?? '';
        const [name, payload] = stage.random.pick(Object.entries(PRYING)) as [CommandName, (conversation: string) => object];
        const answer = await client.answer(name, payload(foreign));
        tried += 1;
        if (answer.ok || answer.error.code !== 'NOT_FOUND')
          findings.push(finding('leak', `${name} into the other tenant was answered ${answer.ok ? 'ok' : answer.error.code}`, foreign));
      }
    }
    for (const { client } of clients) {
      for (const ask of [{ text: 'word', limit: 50 }]) await client.answer('message:search', ask);
      await client.answer('directory:search', { text: 'a', limit: 20 });
      await client.answer('conversation:list', { limit: 50 });
    }
    await wait(200);
    for (const { client } of clients) client.close();
    const known = Object.keys(PRYING).filter((name) => !(name in commands));
    if (known.length > 0) findings.push(finding('refusal', `there is no command ${known.join(', ')}`));
    return {
      injected: `${String(tried)} commands into the other tenant`,
      faults: tried,
      operations: frames,
      acknowledged,
      findings,
      note: 'operations: frames looked through',
    };
  },
};
