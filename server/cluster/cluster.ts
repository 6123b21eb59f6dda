import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { ChosenAvailability, PhoneState } from '#protocol';

/** What one node knows of a user who has devices there, or had them lately. */
export interface PresenceReport {
  /** A device is connected, or lost its connection so shortly ago that it counts. */
  online: boolean;
  /** The person is active at one of the devices. */
  active: boolean;
  availability: ChosenAvailability;
  /** The person's own words for the availability. */
  message: string | undefined;
  /** A call makes this person busy, as they have set it (B43). */
  busyOnCall: boolean;
}

/** What a telephony source says of one phone. Past its end nothing is known of it; `absent` takes the phone away. */
export interface PhoneReport {
  user: string;
  state: PhoneState | 'absent';
  /** Until when it holds, ms UTC. */
  expiresAt: number;
}

export type PhoneListener = (tenant: string, report: PhoneReport) => void;

/** What changed in the store so that each node must look at its own connections. */
export type ClusterNotice =
  /** Policies or predefined messages of the tenant. */
  | { type: 'tenant'; tenant: string }
  /** What the directory says of these people. */
  | { type: 'people'; tenant: string; users: readonly string[] }
  /** They were deactivated: their connections are closed. */
  | { type: 'revoked'; tenant: string; users: readonly string[] };

export type NoticeListener = (notice: ClusterNotice) => void;

export type PresenceListener = (tenant: string, user: string, report: PresenceReport) => void;

/** So many in so long a window, for each key of the limiter. */
export interface RateLimit {
  /** Of the limiter, so that the counts of two are kept apart where they are kept together. */
  name: string;
  points: number;
  /** Seconds. */
  duration: number;
}

/**
 * What nodes share that is not in the database: presence, phones, the counts of rate limits, and word of changes. One node keeps it in memory; many keep it in Redis.
 * Nothing here is needed to keep a message: losing all of it loses dots for a moment.
 */
export interface Cluster {
  /** This node's share of what is known of the user. The reports of all nodes together are told to the listeners. */
  report(tenant: string, user: string, report: PresenceReport): void;
  /** Hears of every user whose report changed on any node, this one included. */
  onPresence(listener: PresenceListener): void;
  /** The reports of these users, over all nodes; a user who is nowhere online is left out. */
  presences(tenant: string, users: readonly string[]): Promise<Map<string, PresenceReport>>;
  /** What a telephony source said, to this node. */
  reportPhones(tenant: string, reports: readonly PhoneReport[]): void;
  /** Hears of every phone of which any node was told; first of those that are known already. */
  onPhone(listener: PhoneListener): void;
  /** Says to every node, this one included, that something changed. A node that misses it acts on it when it reads the next time. */
  announce(notice: ClusterNotice): void;
  onNotice(listener: NoticeListener): void;
  /** Counts over all nodes. */
  rateLimiter(limit: RateLimit): RateLimiterAbstract;
  close(): Promise<void>;
}
