import { Observable } from 'rxjs';
import type { Conversation, Member } from '#protocol';
import type { DeliveryState, RecipientState } from '../api.js';

/** How far the others are with what one has written: the least of them decides. */
export interface Reached {
  delivered: number;
  read: number;
  /** How far those are who may be disturbed, while somebody else may not be; 0 while everybody may. */
  held: number;
  /** Where the first of them came in: what is before it reached nobody who is in now. */
  from: number;
}

export const NOBODY: Reached = { delivered: 0, read: 0, held: 0, from: 1 };

/** Over the other members who are in; nobody has reached anything while there is none. */
export function reachedBy(members: readonly Member[], user: string): Reached {
  const others = members.filter((member) => member.active && member.user !== user);
  if (others.length === 0) return NOBODY;
  // Who came later has no part in what was said before: it must neither wait for them nor be read by them.
  const least = (some: readonly Member[], mark: 'delivered' | 'read') =>
    Math.min(...some.map((member) => Math.max(member.marks[mark], cameAt(member) - 1)));
  const reachable = others.filter(({ held }) => !held);
  // With everybody held, whatever was sent waits: Infinity, and so all of it is held and not merely on its way.
  const held = reachable.length === others.length ? 0 : least(reachable, 'delivered');
  return { delivered: least(others, 'delivered'), read: least(others, 'read'), held, from: Math.min(...others.map(cameAt)) };
}

function cameAt({ since = 1 }: Member): number {
  return since;
}

export function deliveryOf(seq: number, { delivered, read, held, from }: Reached): DeliveryState {
  if (seq < from) return 'sent';
  if (seq <= read) return 'read';
  if (seq <= delivered) return 'delivered';
  return seq <= held ? 'held' : 'sent';
}

/** How far each of the others is with one own entry, in the order of the members. Who came later has no part in it. */
export function recipientsOf(members: readonly Member[], seq: number, user: string, ended: boolean): RecipientState[] {
  return members
    .filter((member) => member.user !== user && member.active && cameAt(member) <= seq)
    .map(({ user: recipient, marks, held }) => {
      if (seq <= marks.read) return { user: recipient, state: 'read' };
      if (seq <= marks.delivered) return { user: recipient, state: 'delivered' };
      return { user: recipient, state: ended ? 'ended' : held ? 'held' : 'queued' };
    });
}

/** The same, kept current. */
export function recipients$(
  members$: Observable<readonly Member[]>,
  conversation$: Observable<Conversation | null>,
  of: { seq: number; user: string },
): Observable<readonly RecipientState[]> {
  return new Observable((subscriber) => {
    let members: readonly Member[] = [];
    let ended = false;
    const tell = () => subscriber.next(recipientsOf(members, of.seq, of.user, ended));
    const following = conversation$.subscribe((conversation) => {
      ended = conversation?.ended === true;
      if (members.length > 0) tell();
    });
    following.add(
      members$.subscribe((now) => {
        members = now;
        tell();
      }),
    );
    return following;
  });
}
