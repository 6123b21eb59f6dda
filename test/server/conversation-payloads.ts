import { v7 } from 'uuid';
import type { CommandName } from '#protocol';
import { permissions } from '../../server/domain/permissions.js';

type About = Record<string, unknown>;
/** For each command about a conversation, a payload that is right in everything else. */
export const payloads: Record<string, (conversation: string) => About> = {
  'conversation:get': (conversation) => ({ conversation }),
  'conversation:invite': (conversation) => ({ conversation, cid: v7(), users: ['dave'] }),
  'conversation:join': (conversation) => ({ conversation, cid: v7() }),
  'conversation:decline': (conversation) => ({ conversation, cid: v7() }),
  'conversation:rename': (conversation) => ({ conversation, cid: v7(), title: 'x' }),
  'conversation:end': (conversation) => ({ conversation, cid: v7() }),
  'conversation:leave': (conversation) => ({ conversation, cid: v7() }),
  'entry:range': (conversation) => ({ conversation, limit: 10 }),
  'message:send': (conversation) => ({ conversation, cid: v7(), text: 'x', links: [] }),
  'history:send': (conversation) => ({ conversation, cid: v7(), to: [{ email: 'ann@example.org' }] }),
  'history:text': (conversation) => ({ conversation }),
  'receipt:mark': (conversation) => ({ conversation, read: 1 }),
  'typing:set': (conversation) => ({ conversation, active: true }),
};
export const aboutConversations = (Object.keys(permissions) as CommandName[]).filter((name) => permissions[name].scope === 'conversation');
