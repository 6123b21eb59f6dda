import type { ClusterNotice, PhoneReport, PresenceReport } from './cluster.js';
import type { Publication } from './publication.js';

/** What nodes say to each other. A type that a node does not know is of a newer version, and no loss: every message is a hint. */
export type NodeMessage =
  /** It lives, and has told so many reports. */
  | { type: 'beat'; told: number }
  /** It closes. */
  | { type: 'bye' }
  /** Somebody missed a report of the node `of`. */
  | { type: 'ask'; of: string }
  | { type: 'publications'; publications: readonly Publication[] }
  | { type: 'notice'; notice: ClusterNotice }
  | { type: 'presence'; tenant: string; user: string; report: PresenceReport; told: number }
  | { type: 'phones'; tenant: string; reports: readonly PhoneReport[]; told: number }
  /** Everything that reports have told by the number `told`. */
  | {
      type: 'all';
      told: number;
      presences: readonly { tenant: string; user: string; report: PresenceReport }[];
      phones: readonly { tenant: string; reports: readonly PhoneReport[] }[];
    };

export interface Said {
  node: string;
  messages: readonly NodeMessage[];
}

/** Undefined for what no node says. Redis is as trusted as the database; what another version or program wrote there must do no harm. */
export function readMessages(text: string): Said | undefined {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== 'object' || said === null || !('node' in said) || !('messages' in said)) return undefined;
    const { node, messages } = said;
    if (typeof node !== 'string' || !Array.isArray(messages)) return undefined;
    return { node, messages: messages.filter(isMessage) };
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is NodeMessage {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
