import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import type { CommandName, Entry } from '#protocol';
import type { Actor } from '../../server/domain/permissions.js';
import { cellOf } from '../../server/domain/permissions.js';
import type { ConnectOptions, TestClient } from '../support/server.js';
import { TENANT } from '../support/server.js';
import type { Ground } from './authorisation-ground.js';
import type { About } from './command-payloads.js';

/** In this tenant people are asked before they are in. */
export const ASKING = 'asking';
const OTHER_TENANT = 'other';

/** A variant of a column: a `role` cell says two things. */
export type Part = 'plain' | 'initiator' | 'admin';

export interface Scene {
  asker: TestClient;
  about: About;
  owner: TestClient;
  /** The entry that let the asker in, and the one that let them out. */
  from: number;
  to: number;
}

/** Everybody whom a cell needs, signed in once: what differs from cell to cell is the conversation. */
export class Stage {
  readonly #ground: Ground;
  readonly #options: Pick<ConnectOptions, 'client'>;
  readonly #clients = new Map<string, Promise<TestClient>>();
  /** They want not to be disturbed. */
  readonly #quiet = new Set<TestClient>();

  constructor(ground: Ground, transport: 'websocket' | 'polling') {
    this.#ground = ground;
    this.#options = { client: { transports: [transport], upgrade: false } };
  }

  async open(): Promise<void> {
    await this.#ground.setPolicies(ASKING, { join: 'invite' });
    for (const tenant of [TENANT, ASKING]) {
      await Promise.all(['owner', 'bob', 'dave'].map((user) => this.#other(user, tenant)));
      await this.#asker('caller', tenant);
    }
  }

  async close(): Promise<void> {
    for (const client of this.#clients.values()) (await client).close();
    this.#clients.clear();
  }

  /** Somebody who stands as the column says, before they ask. */
  async scene(command: CommandName, actor: Actor, part: Part = 'plain'): Promise<Scene> {
    // Where only the invited may, the end, the wish and the missing right are theirs.
    const invited =
      actor === 'IN' || (cellOf(command, 'IN') === 'yes' && ['DN', 'NI', 'CL'].includes(actor) && command !== 'conversation:create');
    const aboutOne = cellOf(command, 'NM') === '404';
    const tenant = invited && aboutOne ? ASKING : TENANT;
    const asker = await this.#askerFor(actor, part, tenant);
    if (this.#quiet.delete(asker)) await asker.command('presence:set', { availability: 'available' });
    const owner = await this.#other('owner', tenant);
    // Who may start none has started this one while they might.
    const starter = part !== 'initiator' ? owner : actor === 'NI' ? await this.#asker(asker.user, tenant) : asker;
    const { conversation, from } = await this.#conversation(starter, owner, asker, { actor, invited: invited && aboutOne });
    let to = 0;
    if (actor === 'LE') {
      ({ seq: to } = await asker.command('conversation:leave', { conversation, cid: v7() }));
      await owner.send(conversation, 'needle, after they left');
    }
    if (actor === 'CL') await owner.command('conversation:end', { conversation, cid: v7() }).catch(() => endAs(starter, conversation));
    if (actor === 'DN') {
      this.#quiet.add(asker);
      await asker.command('presence:set', { availability: 'dnd' });
    }
    const home = actor === 'OT' ? OTHER_TENANT : tenant;
    const token = await this.#ground.token(asker.user, {
      tenant: home,
      ...rolesOf(actor, part),
      ...(actor === 'NI' ? { initiate: false } : {}),
    });
    return {
      asker,
      owner,
      about: { conversation, other: starter.user === asker.user ? 'owner' : 'bob', newcomer: 'dave', token },
      from,
      to,
    };
  }

  /** The whole log, whoever may see it. */
  async log(scene: Scene): Promise<Entry[]> {
    const page = await this.#ground.storage.auditedRange(tenantOf(scene), scene.about.conversation, { after: 0, limit: 200 });
    assert.ok(page, 'the conversation is there');
    return page.entries;
  }

  /** A group with something in it from before the asker came and from after. */
  async #conversation(
    starter: TestClient,
    owner: TestClient,
    asker: TestClient,
    { actor, invited }: { actor: Actor; invited: boolean },
  ): Promise<{ conversation: string; from: number }> {
    const own = starter.user === asker.user;
    const others = own ? ['owner', 'bob'] : ['bob', 'carol'];
    const conversation = await starter.startConversation(...others);
    if (invited) {
      await owner.command('conversation:invite', { conversation, cid: v7(), users: [asker.user] });
      return { conversation, from: 0 };
    }
    await owner.send(conversation, 'needle, before they came');
    if (own) return { conversation, from: 1 };
    if (['OT', 'NM', 'AU'].includes(actor)) return { conversation, from: 0 };
    const { seq } = await owner.command('conversation:invite', { conversation, cid: v7(), users: [asker.user] });
    await owner.send(conversation, 'needle, while they are in');
    return { conversation, from: seq };
  }

  async #askerFor(actor: Actor, part: Part, tenant: string): Promise<TestClient> {
    if (actor === 'OT') return this.#asker('caller', OTHER_TENANT);
    if (actor === 'NI') return this.#asker('limited', tenant, { ...rolesOf(actor, part), initiate: false });
    if (actor === 'AU') return this.#asker('auditor', tenant, rolesOf(actor, part));
    return this.#asker('caller', tenant, rolesOf(actor, part));
  }

  #other(user: string, tenant: string): Promise<TestClient> {
    return this.#held(`${tenant} ${user}`, () => this.#ground.connect(user, { claims: { tenant }, ...this.#options }));
  }

  #asker(user: string, tenant: string, claims: ConnectOptions['claims'] = {}): Promise<TestClient> {
    const key = `${tenant} ${user} ${JSON.stringify(claims)} asks`;
    return this.#held(key, () => this.#ground.connectAsker(user, { claims: { tenant, ...claims }, ...this.#options }));
  }

  /** Anew where a command has closed the connection. */
  async #held(key: string, connect: () => Promise<TestClient>): Promise<TestClient> {
    const held = await this.#clients.get(key);
    if (held?.connected) return held;
    const made = connect();
    this.#clients.set(key, made);
    return made;
  }
}

export function rolesOf(actor: Actor, part: Part): { roles?: string[] } {
  if (actor === 'AU') return { roles: ['auditor', 'admin'] };
  return part === 'admin' ? { roles: ['admin'] } : {};
}

const endAs = (client: TestClient, conversation: string) => client.command('conversation:end', { conversation, cid: v7() });
const tenantOf = ({ owner }: Scene): string => owner.received('session:started')[0]?.session.tenant ?? TENANT;
