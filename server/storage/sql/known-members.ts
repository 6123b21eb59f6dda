import type { Member } from '#protocol';
import { belongsAfter, isActive, overlaps, within } from '../../domain/visibility.js';
import type { View } from '../../domain/visibility.js';
import { readMembership } from './intervals.js';
import type { ViewedRow } from './viewed-row.js';

export interface MemberRow extends ViewedRow {
  user_id: string;
  joined: number | null;
  delivered: number;
  read: number;
}

/** The viewer's own row, with what they see of the log. */
export interface Viewer {
  row: MemberRow;
  view: View;
}

/** Who left, or wants not to be disturbed, knows how it was then. */
export function knowsOnlyThen({ row }: Viewer): boolean {
  return row.joined === null || row.held_seq !== null;
}

/** The members as the viewer may know them, or as they are when nobody is named; see `Storage.members`. */
export function knownMembers(rows: readonly MemberRow[], viewer: Viewer | null, askedNow: readonly string[]): Member[] {
  const view = viewer?.view;
  const last = view?.head ?? Infinity;
  const then = viewer !== null && knowsOnlyThen(viewer);
  const invited = new Set(then ? [] : askedNow);
  const known: Member[] = rows
    .map((row) => ({ ...row, user: row.user_id, membership: readMembership(row.intervals) }))
    .filter(({ membership }) => !view || overlaps(membership, view.periods))
    .map(({ user, membership, delivered, read, held_seq: held, joined }) => ({
      user,
      active: then ? belongsAfter(membership, last) : isActive(membership),
      marks: { delivered: Math.min(delivered, last), read: Math.min(read, last) },
      ...(invited.delete(user) ? { invited: true } : {}),
      ...(!then && held !== null && joined !== null ? { held: true } : {}),
      ...(joined !== null && joined > 1 && (!view || within(view.periods, joined, joined).length > 0) ? { since: joined } : {}),
    }));
  return [...known, ...[...invited].map((user) => ({ user, active: false, invited: true, marks: { delivered: 0, read: 0 } }))];
}
