import type { ContextLink } from '#protocol';
import type { CallContext, TokenReason } from '../../api.js';
import type { HostKind, ResolvedLink } from '../../host/host-context.js';
import { isErrorCode, type ErrorCode } from '../../protocol/errors.js';

/** Raised when a message changes its meaning; each side names those that it knows. */
export const BRIDGE_VERSION = 1;

export type SessionAct = 'lock' | 'unlock' | 'end' | 'switch';
export type Current = Readonly<Record<string, ContextLink | null>>;

/** What the inner side knows of a kind: its functions are on the outer one. */
export interface KindOffer {
  noun?: string;
  icon?: NonNullable<HostKind['icon']>;
  resolves: boolean;
  opens: boolean;
}

export type Request = { name: 'token'; reason: TokenReason } | { name: 'resolve'; link: ContextLink } | { name: 'open'; link: ContextLink };

export type FromInner =
  /** `page` is another for every document, and for every bridge in it. */
  | { type: 'hello'; versions: readonly number[]; page: string }
  | ({ type: 'request'; id: number } & Request)
  | { type: 'cancel'; id: number }
  | { type: 'focus'; inside: boolean }
  | { type: 'unread'; count: number };

export type FromOuter =
  | { type: 'welcome'; version: number; kinds: Readonly<Record<string, KindOffer>>; current: Current }
  | { type: 'refused' }
  | { type: 'current'; current: Current }
  | { type: 'call'; call: CallContext | null }
  | { type: 'session'; act: SessionAct }
  | { type: 'focus' }
  | { type: 'answer'; id: number; ok: true; data: unknown }
  | { type: 'answer'; id: number; ok: false; code: ErrorCode }
  | { type: 'bye' };

/** As it is on the way: whatever else is posted between two windows has no `parley`. */
export const message = (said: FromInner | FromOuter | { type: 'port' }): object => ({ parley: BRIDGE_VERSION, ...said });

/** Characters of a message that comes as text. */
const LONGEST_TEXT = 1_048_576;
const MOST_KINDS = 32;
const KIND = /^[a-z][a-z0-9-]{0,31}$/;
const ICONS = ['study', 'resource', 'mail', 'call', 'document'] as const;
const REASONS = ['connect', 'expiring', 'rejected'] as const;
const ACTS = ['lock', 'unlock', 'end', 'switch'] as const;

/** Null for what is not ours. Own members only, and each is read once into an object of our own. */
export function readFromInner(data: unknown): FromInner | null {
  const said = envelope(data);
  if (!said) return null;
  switch (said('type')) {
    case 'hello': {
      const versions = said('versions');
      const page = said('page');
      if (!Array.isArray(versions) || !isText(page, 64)) return null;
      return { type: 'hello', versions: (versions as unknown[]).slice(0, 16).filter(isCount), page };
    }
    case 'request': {
      const id = said('id');
      const request = readRequest(said);
      return isCount(id) && request ? { type: 'request', id, ...request } : null;
    }
    case 'cancel': {
      const id = said('id');
      return isCount(id) ? { type: 'cancel', id } : null;
    }
    case 'focus':
      return { type: 'focus', inside: said('inside') === true };
    case 'unread': {
      const count = said('count');
      return isCount(count) ? { type: 'unread', count } : null;
    }
    default:
      return null;
  }
}

export function readFromOuter(data: unknown): FromOuter | null {
  const said = envelope(data);
  if (!said) return null;
  const type = said('type');
  switch (type) {
    case 'welcome': {
      const version = said('version');
      return isCount(version) ? { type, version, kinds: readKinds(said('kinds')), current: readCurrent(said('current')) } : null;
    }
    case 'current':
      return { type, current: readCurrent(said('current')) };
    case 'call':
      return { type, call: readCall(said('call')) };
    case 'session': {
      const act = ACTS.find((known) => known === said('act'));
      return act ? { type, act } : null;
    }
    case 'answer':
      return readAnswer(said);
    case 'refused':
    case 'focus':
    case 'bye':
      return { type };
    default:
      return null;
  }
}

/** A link of our own, with the members of one that was given; null for what is none. */
export function readLink(value: unknown): ContextLink | null {
  const [kind, id, given] = [own(value, 'kind'), own(value, 'id'), own(value, 'context')];
  if (typeof kind !== 'string' || !KIND.test(kind)) return null;
  if (typeof id !== 'string' || !/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,256}$/u.test(id)) return null;
  const said = { kind, id, ...optional('label', own(value, 'label'), 1_000), ...optional('href', own(value, 'href'), 2_048) };
  if (given === undefined) return said;
  if (typeof given !== 'object' || given === null) return null;
  const entries = Object.entries(given);
  if (entries.length > 8 || !entries.every(([name, part]) => /^[a-z][A-Za-z0-9]{0,31}$/.test(name) && isText(part, 256))) return null;
  return { ...said, context: Object.fromEntries(entries) };
}

export function readResolved(value: unknown): ResolvedLink | null {
  if (own(value, 'denied') === true) return { denied: true, ...optional('reason', own(value, 'reason'), 500) };
  const title = own(value, 'title');
  if (!isText(title, 1_000)) return null;
  return {
    title,
    ...optional('subtitle', own(value, 'subtitle'), 1_000),
    ...optional('thumbnail', own(value, 'thumbnail'), LONGEST_TEXT),
  };
}

type Said = (name: string) => unknown;

function envelope(data: unknown): Said | null {
  const said = typeof data === 'string' ? parsed(data) : data;
  return own(said, 'parley') === BRIDGE_VERSION ? (name) => own(said, name) : null;
}

function parsed(text: string): unknown {
  try {
    return text.length <= LONGEST_TEXT ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function readRequest(said: Said): Request | null {
  const name = said('name');
  if (name === 'token') return { name, reason: REASONS.find((known) => known === said('reason')) ?? 'connect' };
  if (name !== 'resolve' && name !== 'open') return null;
  const link = readLink(said('link'));
  return link && { name, link };
}

function readAnswer(said: Said): FromOuter | null {
  const id = said('id');
  const code = said('code');
  if (!isCount(id)) return null;
  if (said('ok') === true) return { type: 'answer', id, ok: true, data: said('data') };
  return { type: 'answer', id, ok: false, code: isErrorCode(code) ? code : 'INTERNAL' };
}

function readKinds(value: unknown): Record<string, KindOffer> {
  return Object.fromEntries(
    entriesOf(value).map(([kind, given]) => {
      const icon = ICONS.find((known) => known === own(given, 'icon'));
      const functions = { resolves: own(given, 'resolves') === true, opens: own(given, 'opens') === true };
      return [kind, { ...optional('noun', own(given, 'noun'), 64), ...(icon ? { icon } : {}), ...functions }];
    }),
  );
}

function readCurrent(value: unknown): Current {
  return Object.fromEntries(
    entriesOf(value).map(([kind, given]) => {
      const link = readLink(given);
      return [kind, link?.kind === kind ? link : null];
    }),
  );
}

function readCall(value: unknown): CallContext | null {
  const [name, number] = [own(value, 'name'), own(value, 'number')];
  return isText(name, 1_000) && isText(number, 1_000) ? { name, number } : null;
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([kind]) => KIND.test(kind))
    .slice(0, MOST_KINDS);
}

function own(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name) ? (of as Record<string, unknown>)[name] : undefined;
}

function optional<N extends string>(name: N, value: unknown, length: number): { [name in N]?: string } {
  return isText(value, length) ? ({ [name]: value } as { [name in N]?: string }) : {};
}

function isText(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length <= length;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
