import { v7 } from 'uuid';
import type { CommandName } from '#protocol';
import type { TestClient } from '../support/server.js';
import { names, type World } from './world.js';

/** A command that is ready to be sent: everything before it is done and not counted. */
export interface Ready {
  act(): Promise<unknown>;
  /** Anna, unless somebody else sends it. */
  caller?: TestClient;
}

export type Scenario = (world: World) => Ready | Promise<Ready>;

const SOME = names(8);
const text = 'The results are there, please have a look before noon.';

async function ask(world: World, users: string[]): Promise<string> {
  const conversation = await world.newGroup();
  await world.omar.command('conversation:join', { conversation, cid: v7() });
  await world.anna.command('conversation:invite', { conversation, cid: v7(), users });
  return conversation;
}

/** Each command as it is sent on an ordinary day, with effect. Those whose `asking` is true need a tenant where people are asked first. */
export const scenarios: { readonly [N in CommandName]: { prepare: Scenario; asking?: true } } = {
  'session:sync': { prepare: ({ anna }) => ({ act: () => anna.command('session:sync', {}) }) },
  'session:heads': { prepare: ({ anna }) => ({ act: () => anna.command('session:heads', {}) }) },
  'session:refresh': {
    prepare: async ({ anna, server, tenant }) => {
      const token = await server.token('anna', { tenant });
      return { act: () => anna.command('session:refresh', { token }) };
    },
  },
  'session:end': {
    prepare: async (world) => {
      const caller = await world.device('anna');
      await caller.ready();
      await world.settled();
      return { caller, act: () => caller.command('session:end', {}) };
    },
  },

  'directory:search': {
    prepare: ({ anna }) => ({
      act: () => anna.command('directory:search', { text: 'Name of per', limit: 20, kinds: ['person', 'group', 'mailbox'] }),
    }),
  },
  'directory:get': { prepare: ({ anna }) => ({ act: () => anna.command('directory:get', { users: SOME }) }) },
  'directory:browse': { prepare: ({ anna }) => ({ act: () => anna.command('directory:browse', { limit: 50 }) }) },

  'contact:add': {
    prepare: (world) => {
      const user = world.stranger();
      return { act: () => world.anna.command('contact:add', { user }) };
    },
  },
  'contact:accept': { asking: true, prepare: (world) => asked(world, 'contact:accept') },
  'contact:decline': { asking: true, prepare: (world) => asked(world, 'contact:decline') },
  'contact:remove': {
    prepare: async (world) => {
      const user = world.stranger();
      await world.anna.command('contact:add', { user });
      return { act: () => world.anna.command('contact:remove', { user }) };
    },
  },
  'contact-group:save': {
    prepare: ({ anna }) => ({ act: () => anna.command('contact-group:save', { id: v7(), name: `Night ${v7()}`, users: SOME }) }),
  },
  'contact-group:remove': {
    prepare: async ({ anna }) => {
      const id = v7();
      await anna.command('contact-group:save', { id, name: `Day ${id}`, users: SOME });
      return { act: () => anna.command('contact-group:remove', { id }) };
    },
  },
  'contact-group:arrange': {
    prepare: async ({ anna }) => {
      const ids = [v7(), v7()];
      for (const id of ids) await anna.command('contact-group:save', { id, name: `Shift ${id}`, users: [] });
      return { act: () => anna.command('contact-group:arrange', { ids: ids.reverse() }) };
    },
  },

  'settings:set': {
    prepare: async ({ anna }) => {
      await anna.command('settings:set', { change: { busyOnCall: true } });
      return { act: () => anna.command('settings:set', { change: { busyOnCall: false } }) };
    },
  },

  'conversation:list': { prepare: ({ anna }) => ({ act: () => anna.command('conversation:list', { limit: 50 }) }) },
  'conversation:create': {
    prepare: ({ anna }) => ({
      act: () => anna.command('conversation:create', { cid: v7(), kind: 'group', members: ['omar', ...SOME], title: 'Round' }),
    }),
  },
  'conversation:get': {
    prepare: async (world) => {
      const conversation = await world.newGroup();
      return { act: () => world.anna.command('conversation:get', { conversation }) };
    },
  },
  'conversation:invite': {
    prepare: async (world) => {
      const conversation = await world.newGroup();
      const users = [world.stranger()];
      return { act: () => world.anna.command('conversation:invite', { conversation, cid: v7(), users }) };
    },
  },
  'conversation:join': { asking: true, prepare: (world) => invited(world, 'conversation:join') },
  'conversation:decline': { asking: true, prepare: (world) => invited(world, 'conversation:decline') },
  'conversation:rename': {
    prepare: async (world) => {
      const conversation = await world.newGroup();
      return { act: () => world.anna.command('conversation:rename', { conversation, cid: v7(), title: 'Late round' }) };
    },
  },
  'conversation:end': {
    prepare: async (world) => {
      const conversation = await world.newGroup();
      return { act: () => world.anna.command('conversation:end', { conversation, cid: v7() }) };
    },
  },
  'conversation:leave': {
    prepare: async (world) => {
      const conversation = await world.newGroup();
      return { caller: world.omar, act: () => world.omar.command('conversation:leave', { conversation, cid: v7() }) };
    },
  },
  'conversation:remove': {
    prepare: async (world) => {
      const conversation = await world.newGroup();
      return { act: () => world.anna.command('conversation:remove', { conversation, cid: v7(), user: 'omar' }) };
    },
  },

  'entry:range': { prepare: ({ anna, direct }) => ({ act: () => anna.command('entry:range', { conversation: direct, limit: 50 }) }) },
  'message:send': {
    prepare: ({ anna, direct }) => ({ act: () => anna.command('message:send', { conversation: direct, cid: v7(), text, links: [] }) }),
  },
  'message:search': {
    prepare: async ({ anna, followed }) => {
      await followed();
      return { act: () => anna.command('message:search', { text: 'needle hay', limit: 20 }) };
    },
  },
  'history:send': {
    prepare: async ({ anna, direct: conversation }) => {
      const send = () => anna.command('history:send', { conversation, cid: v7(), to: [{ email: 'ann@example.org' }] });
      // The mail server says nothing, so the queue is busy with the first one and what it reads for a mail is not counted here.
      await send();
      return { act: send };
    },
  },
  'history:text': { prepare: ({ anna, direct }) => ({ act: () => anna.command('history:text', { conversation: direct }) }) },

  'receipt:mark': {
    prepare: async (world) => {
      const { seq } = await world.omar.send(world.direct, text);
      return { act: () => world.anna.command('receipt:mark', { conversation: world.direct, read: seq }) };
    },
  },
  'typing:set': {
    prepare: async ({ anna, direct: conversation }) => {
      await anna.command('typing:set', { conversation, active: false });
      return { act: () => anna.command('typing:set', { conversation, active: true }) };
    },
  },

  'presence:set': {
    prepare: async ({ anna }) => {
      await anna.command('presence:set', { availability: 'available' });
      return { act: () => anna.command('presence:set', { availability: 'busy', message: 'In a round' }) };
    },
  },
  'presence:report': {
    prepare: async ({ anna }) => {
      await anna.command('presence:set', { availability: 'available' });
      await anna.command('presence:report', { active: true });
      return { act: () => anna.command('presence:report', { active: false }) };
    },
  },
  'presence:subscribe': { prepare: ({ anna }) => ({ act: () => anna.command('presence:subscribe', { users: SOME }) }) },
  'presence:unsubscribe': { prepare: ({ anna }) => ({ act: () => anna.command('presence:unsubscribe', { users: SOME }) }) },
};

/** Anna asked Omar to be a contact, who answers. */
async function asked(world: World, command: 'contact:accept' | 'contact:decline'): Promise<Ready> {
  await world.omar.command('contact:remove', { user: 'anna' });
  await world.anna.command('contact:remove', { user: 'omar' });
  await world.anna.command('contact:add', { user: 'omar' });
  return { caller: world.omar, act: () => world.omar.command(command, { user: 'anna' }) };
}

/** Somebody with a device was asked to join, and answers. */
async function invited(world: World, command: 'conversation:join' | 'conversation:decline'): Promise<Ready> {
  const user = world.stranger();
  const caller = await world.device(user);
  await caller.ready();
  const conversation = await ask(world, [user]);
  return { caller, act: () => caller.command(command, { conversation, cid: v7() }) };
}
