import type { CommandName, ErrorCode } from '#protocol';

/**
 * The authorisation matrix as data: one row a command, read by the command wrapper and by the tests.
 * A command without a row does not compile (reliability 4).
 */

/** How a user stands to a conversation. Somebody of another tenant stands like somebody who is no member. */
export type Standing = 'stranger' | 'member' | 'left';

/** What a cell says: allowed, or the code of the refusal. */
export type Verdict = 'allow' | ErrorCode;

export type Rule =
  /** About the caller's own things or open to everybody in the tenant. */
  | { scope: 'self' }
  /** Needs the right to start conversations (E3). */
  | { scope: 'initiate' }
  /** About one conversation; `ended` overrides what a member may do once it was ended for all. */
  | { scope: 'conversation'; stranger: Verdict; member: Verdict; left: Verdict; ended: Verdict };

const self = { scope: 'self' } as const;

export const permissions = {
  'session:sync': self,
  'session:heads': self,
  'session:refresh': self,
  'session:end': self,
  'directory:search': self,
  'directory:get': self,
  'conversation:list': self,
  'conversation:create': { scope: 'initiate' },
  'conversation:get': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'allow', ended: 'allow' },
  'conversation:invite': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'NOT_FOUND', ended: 'CONVERSATION_ENDED' },
  'conversation:leave': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'NOT_FOUND', ended: 'allow' },
  'entry:range': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'allow', ended: 'allow' },
  'message:send': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'NOT_FOUND', ended: 'CONVERSATION_ENDED' },
  'receipt:mark': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'NOT_FOUND', ended: 'allow' },
  'typing:set': { scope: 'conversation', stranger: 'NOT_FOUND', member: 'allow', left: 'NOT_FOUND', ended: 'CONVERSATION_ENDED' },
  'presence:set': self,
  'presence:report': self,
  'presence:subscribe': self,
  'presence:unsubscribe': self,
} as const satisfies Record<CommandName, Rule>;

/** The cell of the matrix for a command about a conversation. */
export function verdict(command: CommandName, standing: Standing, ended: boolean): Verdict {
  const rule: Rule = permissions[command];
  if (rule.scope !== 'conversation') return 'allow';
  if (standing === 'member' && ended) return rule.ended;
  return rule[standing];
}
