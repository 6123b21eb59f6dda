import type { Job } from '../job.js';
import { Member } from './member.js';
import { create, signInAll } from './sign-in.js';

/** Pairs of people who write to each other; as many as the floors of the field were measured with. */
const PAIRS = 50;

/** Both members of each pair, one after the other: the even ones began their conversation. */
export async function signInPairs(
  job: Job,
  { pairs = PAIRS, from = 0, delivered }: { pairs?: number; from?: number; delivered?: (frame: string, member: number) => void } = {},
): Promise<Member[]> {
  const clients = await signInAll(job, 2 * pairs, from);
  const members: Member[] = [];
  for (let index = 0; index < clients.length; index += 2) {
    const [one, other] = clients.slice(index, index + 2);
    if (!one || !other) break;
    const made = await create(one, [other]);
    for (const client of [one, other]) {
      const number = members.length;
      members.push(new Member(client, made, (frame) => delivered?.(frame, number)));
    }
  }
  return members;
}
