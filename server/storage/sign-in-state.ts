import type { Head } from '#protocol';
import type { SignInState, UserStateRecord } from './storage.js';

export function toSignInState({ conversations, people, ...rest }: UserStateRecord): SignInState {
  return { ...rest, conversations: JSON.stringify(conversations), people: JSON.stringify(people) };
}

export function headsOf({ conversations }: Pick<UserStateRecord, 'conversations'>): Head[] {
  return conversations.map(({ id, head }) => ({ conversation: id, head }));
}
