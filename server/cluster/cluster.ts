import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { ChosenAvailability } from '#protocol';

/** What one node knows of a user who has devices there, or had them lately. */
export interface PresenceReport {
  /** A device is connected, or lost its connection so shortly ago that it counts. */
  online: boolean;
  /** The person is active at one of the devices. */
  active: boolean;
  availability: ChosenAvailability;
  /** The person's own words for the availability. */
  message: string | undefined;
}

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
 * What nodes share that is not in the database: presence and the counts of rate limits. One node keeps it in memory; many keep it in Redis.
 * Nothing here is needed to keep a message: losing all of it loses dots for a moment.
 */
export interface Cluster {
  /** This node's share of what is known of the user. The reports of all nodes together are told to the listeners. */
  report(tenant: string, user: string, report: PresenceReport): void;
  /** Hears of every user whose report changed on any node, this one included. */
  onPresence(listener: PresenceListener): void;
  /** The reports of these users, over all nodes; a user who is nowhere online is left out. */
  presences(tenant: string, users: readonly string[]): Promise<Map<string, PresenceReport>>;
  /** Counts over all nodes. */
  rateLimiter(limit: RateLimit): RateLimiterAbstract;
  close(): Promise<void>;
}
