import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import type { TenantPolicies } from '../../server/domain/policies.js';
import { TestClient, type TestServer } from '../support/server.js';
import type { Counter } from './counting/counter.js';
import { FrameCounter } from './counting/frame-counter.js';

/** How much there is of everything that grows. */
export interface Size {
  /** In the log of the direct conversation. */
  entries: number;
  /** Of each group. */
  members: number;
  /** Of Anna. */
  conversations: number;
  /** Of Anna. */
  contacts: number;
}

export const SMALL: Size = { entries: 10, members: 10, conversations: 10, contacts: 10 };

/** A server on which nothing happens but what is asked for. */
export interface Stage {
  readonly server: TestServer;
  readonly counter: Counter;
  /** Waits until what follows commits at its own pace has caught up with them. */
  followed(): Promise<void>;
}

interface Parts extends Stage {
  tenant: string;
  size: Size;
  policies?: Partial<TenantPolicies>;
}

/** ms without anything new, while nothing is under way: what stays in one process cannot be on its way any longer. */
const STILL = 12;
/** People of the directory with whom nobody has anything to do yet. */
const STRANGERS = 20;

/** How many of the directory may be somebody's members, partners or contacts. */
const peopleOf = ({ members, conversations, contacts }: Size): number => Math.max(members, conversations, contacts);

/** Calls to the store at a time while a tenant is filled: more would wait for one row until they are refused. */
const TOGETHER = 6;

/** A tenant with so much of everything, and two people at their devices. */
export class World {
  readonly tenant: string;
  readonly server: TestServer;
  readonly anna: TestClient;
  readonly omar: TestClient;
  /** Of the two. */
  readonly direct: string;
  readonly followed: () => Promise<void>;
  readonly #size: Size;
  readonly #counter: Counter;
  readonly #frames = new Map<TestClient, FrameCounter>();
  #known = 0;

  private constructor({ tenant, server, counter, size, followed }: Parts, direct: string, anna: TestClient, omar: TestClient) {
    this.tenant = tenant;
    this.server = server;
    this.direct = direct;
    this.anna = anna;
    this.omar = omar;
    this.followed = followed;
    this.#size = size;
    this.#counter = counter;
  }

  static async make(parts: Parts): Promise<World> {
    const { tenant, server, size, policies } = parts;
    const { storage } = server.server;
    if (policies) await storage.setPolicies(tenant, policies);
    const people = ['anna', 'omar', ...names(peopleOf(size) + STRANGERS)].map((id) => ({ id, name: `Name of ${id}` }));
    for (let at = 0; at < people.length; at += 500) await storage.putPeople(tenant, people.slice(at, at + 500));
    const direct = await startConversation(parts, ['omar']);
    await write(parts, direct, size.entries);
    await inTurns(names(size.conversations), (user) => startConversation(parts, [user]));
    await inTurns(names(size.contacts), (user) => storage.addContact(tenant, 'anna', user, false));
    const anna = await server.connect('anna', { claims: { tenant } });
    const omar = await server.connect('omar', { claims: { tenant } });
    const world = new World(parts, direct, anna, omar);
    for (const client of [anna, omar]) world.frames(client);
    await omar.command('presence:subscribe', { users: ['anna'] });
    // The first entry of a log that a node hears of is told in another way than those that follow it.
    await omar.send(direct, 'Good morning');
    await world.settled();
    return world;
  }

  /** Somebody of the directory who has to do with nobody yet. */
  stranger(): string {
    this.#known += 1;
    return nameOf(peopleOf(this.#size) + this.#known - 1);
  }

  /** A group of Anna and as many members as the size says, Omar among them. */
  async newGroup(): Promise<string> {
    const members = ['omar', ...names(this.#size.members - 2)];
    const first = members.slice(0, LIMITS.membersPerCommand);
    const { conversation } = await this.anna.command('conversation:create', { cid: v7(), kind: 'group', members: first, title: 'Round' });
    for (let at = first.length; at < members.length; at += LIMITS.membersPerCommand) {
      const users = members.slice(at, at + LIMITS.membersPerCommand);
      await this.anna.command('conversation:invite', { conversation: conversation.id, cid: v7(), users });
    }
    return conversation.id;
  }

  /** A device more, on its way to its first state. */
  async device(user: string): Promise<TestClient> {
    const client = new TestClient(this.server.url, user, await this.server.token(user, { tenant: this.tenant }));
    this.frames(client);
    return client;
  }

  frames(client: TestClient): FrameCounter {
    let frames = this.#frames.get(client);
    if (!frames) this.#frames.set(client, (frames = new FrameCounter(client)));
    return frames;
  }

  /** Waits until nothing is under way, and nothing has been for a moment. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.#moved() || !this.#counter.quiet;) {
      before = this.#moved();
      await pause(STILL);
    }
  }

  #moved(): number {
    return [...this.#frames.values()].reduce((sum, { moved }) => sum + moved, this.#counter.moved);
  }
}

type Place = Pick<Parts, 'server' | 'tenant'>;

export function nameOf(index: number): string {
  return `person-${String(index).padStart(4, '0')}`;
}

export function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => nameOf(index));
}

/** A direct conversation of Anna, or of somebody else, made before anybody has a device. */
export async function startConversation({ server, tenant }: Place, members: string[], author = 'anna'): Promise<string> {
  const created = await server.server.storage.createConversation({ tenant, author, cid: v7(), kind: 'direct', members });
  if (created.status !== 'created') throw new Error(`no conversation: ${created.status}`);
  return created.conversation;
}

/** Writes so many messages, the two in turns. */
export async function write({ server, tenant }: Place, conversation: string, entries: number, authors = ['anna', 'omar']): Promise<void> {
  const append = async (index: number): Promise<void> => {
    const author = authors[index % authors.length] ?? '';
    const body = { kind: 'message' as const, text: `The needle of line ${index} in the hay`, links: [] };
    const { status } = await server.server.storage.append({ tenant, author, conversation, cid: v7(), body });
    if (status !== 'appended') throw new Error(`not written: ${status}`);
  };
  await Promise.all(Array.from({ length: entries }, (_, index) => append(index)));
}

/** Runs `work` for each, a few at a time. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: TOGETHER }, lane));
}
