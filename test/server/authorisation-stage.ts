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
  /** What a refused command was asked in is as it was, and serves for the next one. */
  readonly #scenes = new Map<string, Scene>();

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
    const aboutOne = cellOf(command, 'NM') === '404';
    // Where only the invited may, the end, the wish and the missing right are theirs.
    const theirs = actor === 'IN' || (cellOf(command, 'IN') === 'yes' && ['DN', 'NI', 'CL'].includes(actor));
    const invited = theirs && aboutOne;
    const tenant = invited ? ASKING : TENANT;
    const asker = await this.#askerFor(actor, part, tenant);
    const key = `${actor} ${part} ${String(invited)}`;
    const made = this.#scenes.get(key) ?? (await this.#make(asker, { actor, part, tenant, invited }));
    this.#scenes.set(key, made);
    const claims = { tenant: actor === 'OT' ? OTHER_TENANT : tenant, ...claimsOf(actor, part) };
    return { ...made, asker, about: { ...made.about, token: await this.#ground.token(asker.user, claims) } };
  }

  /** Something was done in it: the next one gets another. */
  spend(scene: Scene): void {
    for (const [key, { about }] of this.#scenes) if (about.conversation === scene.about.conversation) this.#scenes.delete(key);
  }

  async #make(
    asker: TestClient,
    { actor, part, tenant, invited }: { actor: Actor; part: Part; tenant: string; invited: boolean },
  ): Promise<Scene> {
    if (actor === 'DN') await asker.command('presence:set', { availability: 'available' });
    const owner = await this.#other('owner', tenant);
    // Who may start none has started this one while they might.
    const starter = part !== 'initiator' ? owner : actor === 'NI' ? await this.#asker(asker.user, tenant) : asker;
    const { conversation, from } = await this.#conversation(starter, owner, asker, { actor, invited });
    let to = 0;
    if (actor === 'LE') {
      ({ seq: to } = await asker.command('conversation:leave', { conversation, cid: v7() }));
      await owner.send(conversation, 'needle, after they left');
    }
    if (actor === 'CL') await starter.command('conversation:end', { conversation, cid: v7() });
    if (actor === 'DN') await asker.command('presence:set', { availability: 'dnd' });
    const other = starter.user === asker.user ? 'owner' : 'bob';
    return { asker, owner, about: { conversation, other, newcomer: 'dave', token: '' }, from, to };
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
    const users: { readonly [A in Actor]?: string } = { NI: 'limited', AU: 'auditor', DN: 'quiet' };
    return this.#asker(users[actor] ?? 'caller', tenant, claimsOf(actor, part));
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

function claimsOf(actor: Actor, part: Part): { roles?: string[]; initiate?: boolean } {
  if (actor === 'AU') return { roles: ['auditor', 'admin'] };
  return { ...(part === 'admin' ? { roles: ['admin'] } : {}), ...(actor === 'NI' ? { initiate: false } : {}) };
}

const tenantOf = ({ owner }: Scene): string => owner.received('session:started')[0]?.session.tenant ?? TENANT;
