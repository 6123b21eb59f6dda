import type { CommandName, ErrorCode } from '#protocol';

/**
 * The authorisation matrix as data: one row a command, read by the command wrapper and by the tests.
 * A command without a row does not compile (reliability 4).
 */

/**
 * How a user stands to a conversation. Somebody of another tenant stands like somebody who is no member. Who left and was asked to
 * come back is `left` for what they may read and `invited` for what they may do.
 */
export type Standing = 'stranger' | 'invited' | 'member' | 'left';

/** What a cell says: allowed, allowed to its initiator and to admins only, or the code of the refusal. */
export type Verdict = 'allow' | 'initiator' | ErrorCode;

export type Rule =
  /** About the caller's own things or open to everybody in the tenant. */
  | { scope: 'self' }
  /** Needs the right to start conversations (E3); `dnd` for who wants not to be disturbed (S6). */
  | { scope: 'initiate'; dnd: Verdict }
  /**
   * About one conversation. `ended` takes the place of what a member, or who is invited, might do otherwise once it was ended for all;
   * `dnd` what one might do who wants not to be disturbed.
   */
  | { scope: 'conversation'; stranger: Verdict; invited: Verdict; member: Verdict; left: Verdict; ended: Verdict; dnd: Verdict };

const self = { scope: 'self' } as const;
const conversation = { scope: 'conversation', stranger: 'NOT_FOUND', invited: 'NOT_FOUND', member: 'allow', left: 'NOT_FOUND' } as const;
/** What says something to others. */
const speaking = { ...conversation, ended: 'CONVERSATION_ENDED', dnd: 'DO_NOT_DISTURB' } as const;
/** What only reads, by those who are or were in. */
const reading = { ...conversation, left: 'allow', ended: 'allow', dnd: 'allow' } as const;
/** What an invitation asks for. */
const answering = { ...conversation, invited: 'allow', member: 'NOT_FOUND', ended: 'CONVERSATION_ENDED', dnd: 'allow' } as const;

export const permissions = {
  'session:sync': self,
  'session:heads': self,
  'session:refresh': self,
  'session:end': self,
  'directory:search': self,
  'directory:get': self,
  'directory:browse': self,
  'contact:add': self,
  'contact:accept': self,
  'contact:decline': self,
  'contact:remove': self,
  'contact-group:save': self,
  'contact-group:remove': self,
  'contact-group:arrange': self,
  'settings:set': self,
  'conversation:list': self,
  'conversation:create': { scope: 'initiate', dnd: 'DO_NOT_DISTURB' },
  'conversation:get': reading,
  'conversation:invite': speaking,
  /** A member who joins again has joined already. */
  'conversation:join': { ...answering, member: 'allow' },
  'conversation:decline': answering,
  'conversation:rename': speaking,
  /** Also again: it is ended already. */
  'conversation:end': { ...conversation, member: 'initiator', ended: 'initiator', dnd: 'allow' },
  'conversation:leave': { ...conversation, ended: 'allow', dnd: 'allow' },
  'conversation:remove': { ...conversation, member: 'initiator', ended: 'CONVERSATION_ENDED', dnd: 'allow' },
  'entry:range': reading,
  'message:send': speaking,
  'message:search': self,
  'history:send': { ...reading, dnd: 'DO_NOT_DISTURB' },
  'history:text': reading,
  'receipt:mark': { ...conversation, ended: 'allow', dnd: 'allow' },
  'typing:set': speaking,
  'presence:set': self,
  'presence:report': self,
  'presence:subscribe': self,
  'presence:unsubscribe': self,
} as const satisfies Record<CommandName, Rule>;

/** What decides a cell besides the command. */
export interface Circumstances {
  standing: Standing;
  ended: boolean;
  /** Invited, and a member before: reads what somebody who has left reads. */
  former?: boolean;
  /** The caller wants not to be disturbed. */
  dnd?: boolean;
  /** The caller started it, or is an admin. */
  initiator?: boolean;
  /** The caller has not the right to start conversations (SPEC F4). */
  barred?: boolean;
}

/** The cell of the matrix. What is about no conversation asks only for the right to start one, and whether the caller wants not to be disturbed. */
export function verdict(
  command: CommandName,
  { standing: now, ended, former = false, dnd = false, initiator = false, barred = false }: Circumstances,
): 'allow' | ErrorCode {
  const rule: Rule = permissions[command];
  if (rule.scope === 'self') return 'allow';
  if (rule.scope === 'initiate' && barred) return 'INITIATE_FORBIDDEN';
  if (rule.scope === 'initiate') return dnd && rule.dnd !== 'initiator' ? rule.dnd : 'allow';
  const standing = former && now === 'invited' && rule.invited === 'NOT_FOUND' ? 'left' : now;
  const open = rule[standing] === 'allow' || rule[standing] === 'initiator';
  const cell = ended && open && standing !== 'left' ? rule.ended : rule[standing];
  if (cell === 'initiator') return initiator ? 'allow' : 'ROLE_FORBIDDEN';
  return cell === 'allow' && dnd && rule.dnd !== 'initiator' ? rule.dnd : cell;
}
