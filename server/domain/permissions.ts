import type { CommandName, ErrorCode, EventName } from '#protocol';

/**
 * The authorisation matrix as data (reliability 4): one row for the connection, for every command and for every event, one column for every
 * actor. The command wrapper and the storage read it, and so do the tests, which make one test of each cell. A command or an event without
 * a row does not compile.
 */

/**
 * The columns. AN: no token, or an expired one. OT: of another tenant. NM: of the tenant and no member, also who was removed. IN: invited.
 * ME: a member. LE: left. DN: a member who wants not to be disturbed. NI: one who may start no conversation. CL: one of a conversation that
 * was ended. AU: an auditor. Where only the invited may, DN, NI and CL are of one who is invited.
 */
export const ACTORS = ['AN', 'OT', 'NM', 'IN', 'ME', 'LE', 'DN', 'NI', 'CL', 'AU'] as const;
export type Actor = (typeof ACTORS)[number];

/** The refusals, by their status and what they are for. */
const REFUSALS = {
  '401': 'UNAUTHENTICATED',
  '404': 'NOT_FOUND',
  '403i': 'INITIATE_FORBIDDEN',
  '403d': 'DO_NOT_DISTURB',
  '403c': 'CONVERSATION_ENDED',
  '403r': 'ROLE_FORBIDDEN',
} as const satisfies Record<string, ErrorCode>;
type RefusalCell = keyof typeof REFUSALS;

/**
 * What a row of a command says. `own`: in one's own tenant, where nothing of another is found. `role`: its initiator and admins only.
 * `>=J`: from the entry that let them in. `J..L`: and up to the one that let them out. `audited`: all of it, and each reading is written down.
 */
export type CommandCell = 'yes' | 'own' | 'role' | '>=J' | 'J..L' | 'audited' | RefusalCell;
/** What a row of an event says. `held`: it waits for them. */
export type EventCell = 'yes' | 'own' | 'no' | 'held';

type Row<C> = readonly [AN: C, OT: C, NM: C, IN: C, ME: C, LE: C, DN: C, NI: C, CL: C, AU: C];

// A table is read down its columns.
// prettier-ignore
export const permissions = {
  //                         AN     OT     NM     IN     ME     LE      DN      NI      CL      AU
  'connect':               ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'session:sync':          ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'session:heads':         ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'session:refresh':       ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'session:end':           ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'directory:search':      ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'directory:get':         ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'directory:browse':      ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'contact:add':           ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'contact:accept':        ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'contact:decline':       ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'contact:remove':        ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'contact-group:save':    ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'contact-group:remove':  ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'contact-group:arrange': ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'settings:set':          ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'conversation:list':     ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  'yes'],
  'conversation:create':   ['401', 'own', 'yes', 'yes', 'yes', 'yes',  '403d', '403i', 'yes',  '403r'],
  'conversation:get':      ['401', '404', '404', '404', '>=J', 'J..L', '>=J',  '>=J',  '>=J',  'audited'],
  'conversation:invite':   ['401', '404', '404', '404', 'yes', '404',  '403d', 'yes',  '403c', '403r'],
  'conversation:join':     ['401', '404', '404', 'yes', 'yes', '404',  'yes',  'yes',  '403c', '403r'],
  'conversation:decline':  ['401', '404', '404', 'yes', '404', '404',  'yes',  'yes',  '403c', '403r'],
  'conversation:rename':   ['401', '404', '404', '404', 'yes', '404',  '403d', 'yes',  '403c', '403r'],
  'conversation:end':      ['401', '404', '404', '404', 'role', '404', 'role', 'role', 'role', '403r'],
  'conversation:leave':    ['401', '404', '404', '404', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'conversation:remove':   ['401', '404', '404', '404', 'role', '404', 'role', 'role', '403c', '403r'],
  'entry:range':           ['401', '404', '404', '404', '>=J', 'J..L', '>=J',  '>=J',  '>=J',  'audited'],
  'message:send':          ['401', '404', '404', '404', 'yes', '404',  '403d', 'yes',  '403c', '403r'],
  'message:search':        ['401', '404', '404', '404', '>=J', 'J..L', '>=J',  '>=J',  '>=J',  'audited'],
  'history:send':          ['401', '404', '404', '404', '>=J', 'J..L', '403d', '>=J',  '>=J',  '403r'],
  'history:text':          ['401', '404', '404', '404', '>=J', 'J..L', '>=J',  '>=J',  '>=J',  '403r'],
  'receipt:mark':          ['401', '404', '404', '404', '>=J', '404',  '>=J',  '>=J',  '>=J',  '403r'],
  'typing:set':            ['401', '404', '404', '404', 'yes', '404',  '403d', 'yes',  '403c', '403r'],
  'presence:set':          ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'presence:report':       ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'presence:subscribe':    ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
  'presence:unsubscribe':  ['401', 'own', 'yes', 'yes', 'yes', 'yes',  'yes',  'yes',  'yes',  '403r'],
} as const satisfies Record<CommandName | 'connect', Row<CommandCell>>;

/** Who hears of a conversation, or of their own things, without asking. */
// prettier-ignore
export const audiences = {
  //                    AN    OT     NM     IN     ME     LE     DN      NI     CL     AU
  'session:started':  ['no', 'own', 'yes', 'yes', 'yes', 'yes', 'yes',  'yes', 'yes', 'yes'],
  'session:changed':  ['no', 'own', 'yes', 'yes', 'yes', 'yes', 'yes',  'yes', 'yes', 'yes'],
  'session:expiring': ['no', 'own', 'yes', 'yes', 'yes', 'yes', 'yes',  'yes', 'yes', 'yes'],
  'session:ended':    ['no', 'own', 'yes', 'yes', 'yes', 'yes', 'yes',  'yes', 'yes', 'yes'],
  'entry:added':      ['no', 'no',  'no',  'no',  'yes', 'no',  'held', 'yes', 'yes', 'no'],
  'receipt:moved':    ['no', 'no',  'no',  'no',  'yes', 'no',  'no',   'yes', 'yes', 'no'],
  'typing:changed':   ['no', 'no',  'no',  'no',  'yes', 'no',  'no',   'yes', 'no',  'no'],
  'member:held':      ['no', 'no',  'no',  'no',  'yes', 'no',  'no',   'yes', 'yes', 'no'],
  'heads:digest':     ['no', 'no',  'no',  'no',  'yes', 'no',  'held', 'yes', 'yes', 'no'],
  'state:changed':    ['no', 'own', 'yes', 'yes', 'yes', 'yes', 'held', 'yes', 'yes', 'no'],
  'presence:changed': ['no', 'own', 'yes', 'yes', 'yes', 'yes', 'yes',  'yes', 'yes', 'no'],
} as const satisfies Record<EventName, Row<EventCell>>;

export type Permissions = typeof permissions;
/** Commands with which an auditor reads what is not theirs. */
export type AuditedCommand = { [N in CommandName]: Permissions[N][9] extends 'audited' ? N : never }[CommandName];

/** What a row says of an actor. */
export function cellOf(command: keyof Permissions, actor: Actor): CommandCell {
  return permissions[command][ACTORS.indexOf(actor)] ?? '404';
}

/** The code of a refusing cell, null where it does not refuse. */
export function refusalOf(cell: CommandCell): ErrorCode | null {
  return Object.hasOwn(REFUSALS, cell) ? REFUSALS[cell as RefusalCell] : null;
}

/** Whether a row is about one conversation: to a stranger there is none. */
export function isAboutConversation(command: CommandName): boolean {
  return cellOf(command, 'NM') === '404';
}

/**
 * How a user stands to a conversation. Somebody of another tenant stands like somebody who is no member. Who left and was asked to
 * come back is `left` for what they may read and `invited` for what they may do.
 */
export type Standing = 'stranger' | 'invited' | 'member' | 'left';

const COLUMNS = { stranger: 'NM', invited: 'IN', member: 'ME', left: 'LE' } as const satisfies Record<Standing, Actor>;

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

/**
 * Which cell holds, and what it says. Several may be of one person: the first that refuses counts, how they stand to the conversation before
 * its end, that before the right to start one, and that before their wish not to be disturbed.
 */
export function verdict(command: CommandName, { standing, ended, former, dnd, initiator, barred }: Circumstances): 'allow' | ErrorCode {
  const actors: Actor[] = [COLUMNS[former === true && standing === 'invited' && cellOf(command, 'IN') === '404' ? 'left' : standing]];
  if (ended && actors[0] !== 'LE') actors.push('CL');
  if (barred) actors.push('NI');
  if (dnd) actors.push('DN');
  const cells = actors.map((actor) => cellOf(command, actor));
  const refusing = cells.map(refusalOf).find((code) => code !== null);
  if (refusing) return refusing;
  return cells.includes('role') && !initiator ? 'ROLE_FORBIDDEN' : 'allow';
}
