import type { DirectoryGroup } from '#protocol';
import { indexWords } from '../../domain/search-words.js';

export interface GroupRow {
  id: string;
  kind: DirectoryGroup['kind'];
  name: string;
  email: string | null;
  member_count: number;
}

/** The words of a name with a space before each: a word begins with a text where a space and the text stand. */
export const groupWords = (name: string): string => ` ${indexWords([name]).join(' ')}`;

export function toGroup({ id, kind, name, email, member_count }: GroupRow): DirectoryGroup {
  return { id, name, kind, memberCount: member_count, ...(email === null ? {} : { email }) };
}
