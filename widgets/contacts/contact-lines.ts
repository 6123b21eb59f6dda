import type { ContactGroup, ContactsState, Conversation } from '#sdk';

/** A banner of the contacts: a personal group (S14), the favourites, or people one has chats with who are neither (B6). While searching: who was found. */
export type Section = { kind: 'group'; group: ContactGroup } | { kind: 'favourites' | 'others' | 'found' | 'directory' };

/** One row. Somebody in two banners has a row in each. */
export type Line =
  | { type: 'banner'; key: string; section: Section; count: number; online: number; expanded: boolean }
  | { type: 'person'; key: string; section: Section; user: string }
  /** Why a banner looks empty: nobody is in it, or so many are offline. */
  | { type: 'note'; key: string; section: Section; hidden: number };

export type PersonLine = Extract<Line, { type: 'person' }>;

export interface LineSources {
  contacts: ContactsState;
  chats: readonly Conversation[];
  me: string;
  /** Presence is seen of those only who accepted (policy `consent`). */
  consent: boolean;
  showOffline: boolean;
  /** Keys of the banners that are shut. */
  collapsed: ReadonlySet<string>;
  compare: (one: string, other: string) => number;
  online: (user: string) => boolean;
  /** Whether it is known at all how they are: just after the beginning it is not. */
  known: (user: string) => boolean;
}

/** What a banner is known by: shut, and dropped on. */
export function sectionKey(section: Section): string {
  return section.kind === 'group' ? section.group.id : section.kind;
}

/** Whom one has a chat with, alone. */
function partners(chats: readonly Conversation[], me: string): Set<string> {
  return new Set(chats.filter(({ kind }) => kind === 'direct').flatMap(({ members }) => members.filter((id) => id !== me)));
}

/** The banners with the people in each. Nobody is in two by themselves: "not in list" is who is in no other. */
export function sections({
  contacts,
  chats,
  me,
}: Pick<LineSources, 'contacts' | 'chats' | 'me'>): { section: Section; users: readonly string[] }[] {
  const favourites = contacts.contacts.map(({ user }) => user);
  const listed = new Set([...favourites, ...contacts.groups.flatMap(({ users }) => users)]);
  const others = [...partners(chats, me)].filter((user) => !listed.has(user));
  return [
    ...contacts.groups.map((group) => ({ section: { kind: 'group', group } as const, users: group.users.filter((user) => user !== me) })),
    ...(favourites.length > 0 ? [{ section: { kind: 'favourites' } as const, users: favourites }] : []),
    ...(others.length > 0 ? [{ section: { kind: 'others' } as const, users: others }] : []),
  ];
}

/**
 * Who is offline is left out unless the person wants to see them (S16). Whose presence one may not see is not known to be offline:
 * they are shown, as offline (B6), since nobody would find them again otherwise.
 */
export function contactLines(sources: LineSources): readonly Line[] {
  const { contacts, consent, showOffline, collapsed, compare, online, known } = sources;
  const accepted = new Set(contacts.contacts.filter(({ state }) => state === 'accepted').map(({ user }) => user));
  const shown = (user: string): boolean => showOffline || online(user) || (consent && !accepted.has(user));
  return sections(sources).flatMap(({ section, users }) => {
    const key = sectionKey(section);
    const expanded = !collapsed.has(key);
    const banner: Line = {
      type: 'banner',
      key: `banner ${key}`,
      section,
      count: users.length,
      online: users.filter(online).length,
      expanded,
    };
    if (!expanded) return [banner];
    const people = users.filter(shown).sort(compare);
    if (people.length === 0 && !users.every(known)) return [banner];
    if (people.length === 0) return [banner, { type: 'note' as const, key: `note ${key}`, section, hidden: users.length }];
    return [banner, ...people.map((user): Line => ({ type: 'person', key: `${key} ${user}`, section, user }))];
  });
}

/** While searching: everybody once, one's own first, then who else is in the directory. Nobody is left out for being offline. */
export function foundLines(sources: LineSources, fits: (user: string) => boolean, directory: readonly string[]): readonly Line[] {
  const own = [...new Set(sections(sources).flatMap(({ users }) => users))].filter(fits).sort(sources.compare);
  const others = directory.filter((user) => user !== sources.me && !own.includes(user));
  return [...under({ kind: 'found' }, own, sources.online), ...under({ kind: 'directory' }, others, sources.online)];
}

function under(section: Section, users: readonly string[], online: (user: string) => boolean): readonly Line[] {
  if (users.length === 0) return [];
  const key = sectionKey(section);
  return [
    { type: 'banner', key: `banner ${key}`, section, count: users.length, online: users.filter(online).length, expanded: true },
    ...users.map((user): Line => ({ type: 'person', key: `${key} ${user}`, section, user })),
  ];
}
