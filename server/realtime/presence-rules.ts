import type { Availability, PhoneState } from '#protocol';
import type { PresenceReport } from '../cluster/cluster.js';

/** What others see (W1-W3, W8). Someone invisible looks exactly like someone who is gone: no words, no dot. */
export function visibleAvailability(report: PresenceReport, phone?: PhoneState): Availability {
  if (!report.online || report.availability === 'invisible') return 'offline';
  if (report.availability !== 'available') return report.availability;
  if (!report.active) return 'away';
  return report.busyOnCall && (phone === 'on-call' || phone === 'hold') ? 'busy' : 'available';
}

/** The own words belong to the availability that was chosen, so they are not shown beside one that was derived. */
export function visibleMessage(report: PresenceReport, phone?: PhoneState): string | undefined {
  return visibleAvailability(report, phone) === report.availability ? report.message : undefined;
}
