import type { Availability } from '#protocol';
import type { PresenceReport } from '../cluster/cluster.js';

/** What others see (W1-W3). Someone invisible looks exactly like someone who is gone: no words, no dot. */
export function visibleAvailability(report: PresenceReport): Availability {
  if (!report.online || report.availability === 'invisible') return 'offline';
  return report.availability === 'available' && !report.active ? 'away' : report.availability;
}

/** The own words belong to the availability that was chosen, so they are not shown beside one that was derived. */
export function visibleMessage(report: PresenceReport): string | undefined {
  return visibleAvailability(report) === report.availability ? report.message : undefined;
}
