import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CommandName, CommandReply } from '#protocol';
import { ACTORS, cellOf, refusalOf } from '../../server/domain/permissions.js';
import type { Actor, CommandCell } from '../../server/domain/permissions.js';
import { TENANT } from '../support/server.js';
import { grounds } from './authorisation-grounds.js';
import type { Ground } from './authorisation-ground.js';
import { knock } from './authorisation-knock.js';
import { Stage } from './authorisation-stage.js';
import type { Part, Scene } from './authorisation-stage.js';
import { commandNames, payloads } from './command-payloads.js';

/*
 * The authorisation matrix (reliability 4): one cell is one test, made from the table that the server acts by, on every ground.
 */
for (const kind of grounds) {
  for (const transport of kind.transports) {
    describe(`${kind.name}, ${transport}`, () => {
      let ground: Ground;
      let stage: Stage;
      before(async () => {
        ground = await kind.start();
        stage = new Stage(ground, transport);
        await stage.open();
        // Known to the directory and in nobody's way.
        for (const tenant of [TENANT, 'asking']) (await ground.connect('carol', { claims: { tenant } })).close();
      });
      after(async () => {
        await stage.close();
        await ground.close();
      });

      for (const command of commandNames) {
        for (const actor of ACTORS) {
          const cell = cellOf(command, actor);
          for (const part of partsOf(cell)) {
            const role = part === 'plain' ? '' : `, ${part}`;
            test(`[matrix, attack 37] ${command} as ${actor}${role}: ${part === 'plain' && cell === 'role' ? '403r' : cell}`, async () => {
              if (actor === 'AN') return noToken(command);
              const scene = await stage.scene(command, actor, part);
              const before = await stage.log(scene);
              const answer = await scene.asker.answer(command, { as: scene.asker.user, ...payloads[command](scene.about) });
              const expected = cell === 'role' && part === 'plain' ? 'ROLE_FORBIDDEN' : refusalOf(cell);
              if (expected !== null) {
                assert.equal(answer.ok ? 'allowed' : answer.error.code, expected);
                assert.deepEqual(await stage.log(scene), before, 'what was refused has changed nothing');
                return;
              }
              await allowed(command, actor, scene, answer);
              if (!READING.test(command)) stage.spend(scene);
            });
          }
        }
      }

      async function noToken(command: CommandName): Promise<void> {
        const scene = await stage.scene(command, 'ME');
        const before = await stage.log(scene);
        const frame = { as: scene.asker.user, ...payloads[command](scene.about) };
        assert.deepEqual(await knock(ground.askerUrl, transport, command, frame), [], 'nothing is answered');
        assert.deepEqual(await stage.log(scene), before);
      }

      async function allowed(command: CommandName, actor: Actor, scene: Scene, answer: Awaited<ReturnType<Scene['asker']['answer']>>) {
        const { asker, about, from, to } = scene;
        const cell = cellOf(command, actor);
        if (command === 'session:end') await asker.disconnected();
        // Of another tenant nothing is found, and nobody: the same as for ids that nobody ever had.
        if (cell === 'own' && actor === 'OT') {
          stage.spend(scene);
          const nobody = { ...about, other: 'nobody', newcomer: 'nobody-else' };
          const none = await (await stage.scene(command, actor)).asker.answer(command, { as: asker.user, ...payloads[command](nobody) });
          assert.equal(comparable(answer), comparable(none).replaceAll('nobody', about.other));
          return;
        }
        // Somebody with no request of a contact finds none to answer: that they may ask is seen by the code.
        const none = command === 'contact:accept' || command === 'contact:decline' ? 'NOT_FOUND' : null;
        assert.equal(answer.ok ? null : answer.error.code, none);
        if (!answer.ok) return;
        if (cell === '>=J') assertSeen(command, answer.data, from, Infinity);
        if (cell === 'J..L') assertSeen(command, answer.data, from, to);
        if (cell === 'audited') await assertWrittenDown(command, scene);
      }

      async function assertWrittenDown(command: CommandName, { asker, about }: Scene): Promise<void> {
        const { head } = await ground.storage.auditRecords(TENANT, { after: 0, limit: 1 });
        const { records } = await ground.storage.auditRecords(TENANT, { after: head - 1, limit: 1 });
        const [{ act, by, subject, facts } = {}] = records;
        assert.deepEqual([act, by, subject], ['conversation:read', { kind: 'user', id: asker.user }, { conversation: about.conversation }]);
        assert.equal(facts?.['command'], command);
        const members = await ground.storage.members(TENANT, about.conversation);
        assert.ok(!members.some(({ user }) => user === asker.user), 'who reads as an auditor is no member by that');
      }
    });
  }
}

function partsOf(cell: CommandCell): Part[] {
  return cell === 'role' ? ['plain', 'initiator', 'admin'] : ['plain'];
}

/** What leaves a conversation and those in it as they were. */
const READING = /^(?:session|directory):|:get$|:list$|:range$|:search$|:text$|^presence:(?:un)?subscribe$/;

/** What may differ between two answers of the same sort: ids that were made for them, times and revisions. */
function comparable(answer: unknown): string {
  return JSON.stringify(answer).replace(/"(?:expiresAt|now|revision|since)":\d+|"id":"[0-9a-f-]{36}"/g, '');
}

/** All that they may see of it is there, and nothing before or after. */
function assertSeen(command: CommandName, data: unknown, from: number, to: number): void {
  const texts = { 'before they came': from === 1, 'while they are in': from > 1, 'after they left': false };
  switch (command) {
    case 'entry:range': {
      const range = data as CommandReply<'entry:range'>;
      assert.equal(range.floor, from);
      assert.ok(range.entries.every(({ seq }) => seq >= from && seq <= to) && range.entries[0]?.seq === from);
      if (to < Infinity) assert.equal(range.head, to);
      break;
    }
    case 'conversation:get': {
      const { conversation } = data as CommandReply<'conversation:get'>;
      assert.equal(conversation.floor, from);
      if (to < Infinity) assert.deepEqual([conversation.head, conversation.active, conversation.unread], [to, false, 0]);
      break;
    }
    case 'message:search':
    case 'history:text':
      for (const [text, seen] of Object.entries(texts)) assert.equal(JSON.stringify(data).includes(text), seen, `${command}: ${text}`);
      break;
    default:
  }
}
