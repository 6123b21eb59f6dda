import { kontor } from './people/kontor.js';
import { northRegion } from './people/north-region.js';
import { stAnna } from './people/st-anna.js';
import { townHall } from './people/town-hall.js';
import type { HostName, TenantId } from './tenants.js';

/** What somebody does here; it decides what they may open. */
export type Role = 'radiologist' | 'physician' | 'nurse' | 'coordinator' | 'dispatcher' | 'student' | 'clerk' | 'operator' | 'trader';

export interface DemoPerson {
  id: string;
  tenant: TenantId;
  name: string;
  title: string;
  organisation: string;
  role: Role;
  phone: string;
  email: string;
  /** May start conversations; taking part is never restricted. */
  initiate: boolean;
  /** The host that suits the work. */
  host: HostName;
  /** `none` is no user of the chat (M4); `unavailable` is one who cannot be reached by it (M5). */
  chat: 'offered' | 'unavailable' | 'none';
  /** Works for these tenants too, with a directory entry in each. */
  alsoIn?: readonly TenantId[];
  /** A program, not a person at a page. */
  headless?: true;
}

/** Everybody is invented. Nothing of Parley crosses from one tenant to another. */
export const people: readonly DemoPerson[] = [...stAnna, ...northRegion, ...townHall, ...kontor];

const byId = new Map(people.map((person) => [person.id, person]));

export function findPerson(id: string): DemoPerson | undefined {
  return byId.get(id);
}

/** Everybody with an entry in this tenant's directory. */
export function peopleOf(tenant: TenantId): DemoPerson[] {
  return people.filter((person) => person.tenant === tenant || person.alsoIn?.includes(tenant));
}

/** The person as somebody of one of the other tenants that they work for; null when they do not. */
export function personIn(person: DemoPerson, tenant: string): DemoPerson | null {
  if (person.tenant === tenant) return person;
  const other = person.alsoIn?.find((id) => id === tenant);
  return other === undefined ? null : { ...person, tenant: other };
}

/** The program that answers for a tenant. */
export function colleagueOf(tenant: TenantId): DemoPerson {
  const found = people.find((person) => person.tenant === tenant && person.headless);
  if (!found) throw new Error(`no colleague in ${tenant}`);
  return found;
}
