import type { Person } from '#protocol';
import type { Session } from './database.js';

/** The known ones among these, in no order. */
export async function readPeople(_session: Session, _tenant: string, _ids: readonly string[]): Promise<Person[]> {
  return [];
}
