import { v7 } from 'uuid';
import type { CommandName } from '#protocol';
import { permissions } from '../../server/domain/permissions.js';

/** What a payload is about. */
export interface About {
  conversation: string;
  /** Somebody of the tenant who is in the conversation. */
  other: string;
  /** Somebody of the tenant who is not. */
  newcomer: string;
  /** A fresh token of the one who asks. */
  token: string;
}

/** For each command a payload that is right in everything but who sends it. One that is missing does not compile. */
export const payloads: { readonly [N in CommandName]: (about: About) => Record<string, unknown> } = {
  'session:sync': () => ({}),
  'session:heads': () => ({}),
  'session:refresh': ({ token }) => ({ token }),
  'session:end': () => ({}),
  'directory:search': ({ other }) => ({ text: `Name of ${other}`, limit: 10 }),
  'directory:get': ({ other }) => ({ users: [other] }),
  'directory:browse': ({ other }) => ({ field: 'name', contains: `Name of ${other}`, limit: 10 }),
  'contact:add': ({ other }) => ({ user: other }),
  'contact:accept': ({ other }) => ({ user: other }),
  'contact:decline': ({ other }) => ({ user: other }),
  'contact:remove': ({ other }) => ({ user: other }),
  'contact-group:save': ({ other }) => ({ id: v7(), name: 'Night shift', users: [other] }),
  'contact-group:remove': () => ({ id: v7() }),
  'contact-group:arrange': () => ({ ids: [] }),
  'settings:set': () => ({ change: { busyOnCall: true } }),
  'conversation:list': ({ conversation }) => ({ ids: [conversation], limit: 10 }),
  'conversation:create': ({ other, newcomer }) => ({ cid: v7(), kind: 'group', members: [other, newcomer] }),
  'conversation:get': ({ conversation }) => ({ conversation }),
  'conversation:invite': ({ conversation, newcomer }) => ({ conversation, cid: v7(), users: [newcomer] }),
  'conversation:join': ({ conversation }) => ({ conversation, cid: v7() }),
  'conversation:decline': ({ conversation }) => ({ conversation, cid: v7() }),
  'conversation:rename': ({ conversation }) => ({ conversation, cid: v7(), title: `Another ${v7()}` }),
  'conversation:end': ({ conversation }) => ({ conversation, cid: v7() }),
  'conversation:leave': ({ conversation }) => ({ conversation, cid: v7() }),
  'conversation:remove': ({ conversation, other }) => ({ conversation, cid: v7(), user: other }),
  'entry:range': ({ conversation }) => ({ conversation, limit: 100 }),
  'message:send': ({ conversation }) => ({ conversation, cid: v7(), text: 'needle of the caller', links: [] }),
  'message:search': ({ conversation }) => ({ conversation, text: 'needle', limit: 20 }),
  'history:send': ({ conversation }) => ({ conversation, cid: v7(), to: [{ email: 'ann@example.org' }] }),
  'history:text': ({ conversation }) => ({ conversation }),
  'receipt:mark': ({ conversation }) => ({ conversation, read: 1 }),
  'typing:set': ({ conversation }) => ({ conversation, active: true }),
  'presence:set': () => ({ availability: 'available' }),
  'presence:report': () => ({ active: true }),
  'presence:subscribe': ({ other }) => ({ users: [other] }),
  'presence:unsubscribe': ({ other }) => ({ users: [other] }),
};

export const commandNames = (Object.keys(permissions) as (keyof typeof permissions)[]).filter((name) => name !== 'connect');
