import type { Server } from 'socket.io';
import type { ChosenAvailability, PhoneState } from '#protocol';
import type { Publication, PublicationListener } from './publication.js';

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
  /** How many, for the limit of one user. */
  connections: number;
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
  /** They were revoked or deactivated: look at the store now. */
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

export interface Limiter {
  /** 0 when the key gets one; otherwise the milliseconds after which there is another, more than 0. */
  take(key: string): number | Promise<number>;
}

/** Makes the adapter of a Socket.IO server, for what is told to rooms on all nodes. */
export type AdapterFactory = Parameters<Server['adapter']>[0];

/**
 * What nodes share that is not in the database: fan-out, presence, phones, the counts of rate limits, and word of changes. One node keeps it in memory; many keep it in Redis.
 * Nothing here is needed to keep a message: losing all of it loses dots for a moment.
 */
export interface Cluster {
  /** Other nodes may commit to the same store. */
  readonly shared: boolean;
  /** This node hears the others, as far as it knows. While it does not, changes are found in the store. */
  readonly up: boolean;
  /** Hears when that changes. */
  onUp(listener: (up: boolean) => void): void;
  /** Undefined where the adapter in memory is enough. */
  readonly adapter: AdapterFactory | undefined;
  /** Tells every node, this one included and at once. A hint: it may be lost on the way to another. */
  publish(publications: readonly Publication[]): void;
  onPublication(listener: PublicationListener): void;
  /**
   * While this says false, whatever other nodes tell is dropped: a node that was stopped for a while must look into the store before it
   * tells anybody what waited for it (G13).
   */
  hearOthersWhile(condition: () => boolean): void;
  /** Begins to hear the others; resolves at once when there is nobody to hear now. */
  start(): Promise<void>;
  /** This node's share of what is known of the user. The reports of all nodes together are told to the listeners. */
  report(tenant: string, user: string, report: PresenceReport): void;
  /** Hears of every user whose report changed on any node, this one included. */
  onPresence(listener: PresenceListener): void;
  /** What all nodes together say of these users; a user who is nowhere online is left out. */
  presences(tenant: string, users: readonly string[]): Promise<Map<string, PresenceReport>>;
  /** How many of a tenant are online on all nodes, and over how many connections. */
  online(tenant: string): { people: number; connections: number };
  /** What a telephony source said, to this node. */
  reportPhones(tenant: string, reports: readonly PhoneReport[]): void;
  /** Hears of every phone of which any node was told; first of those that are known already. */
  onPhone(listener: PhoneListener): void;
  /** Says to every node, this one included, that something changed. A node that misses it acts on it when it reads the next time. */
  announce(notice: ClusterNotice): void;
  onNotice(listener: NoticeListener): void;
  /** Counts over all nodes. */
  rateLimiter(limit: RateLimit): Limiter;
  close(): Promise<void>;
}
