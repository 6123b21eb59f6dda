import type { ChatOffer, Person } from '#protocol';

/** What everybody may see of a person, as it is selected. */
export const PERSON_COLUMNS = 'p.id, p.name, p.title, p.organisation, p.email, p.phone, p.photo, p.chat, p.deactivated_at';

export interface PersonRow {
  id: string;
  name: string;
  title: string | null;
  organisation: string | null;
  email: string | null;
  phone: string | null;
  photo: string | null;
  chat: ChatOffer | null;
  deactivated_at: number | null;
}

export function toPerson({ id, name, title, organisation, email, phone, photo, chat, deactivated_at }: PersonRow): Person {
  const offer = deactivated_at === null ? chat : 'unavailable';
  return {
    id,
    name,
    ...(title === null ? {} : { title }),
    ...(organisation === null ? {} : { organisation }),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
    ...(photo === null ? {} : { photo }),
    ...(offer === null ? {} : { chat: offer }),
  };
}
