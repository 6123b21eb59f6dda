import { fold, foldNumber, indexWords } from '../../domain/search-words.js';
import type { DirectoryPerson } from '../directory-storage.js';
import type { PersonRow } from './person-row.js';

/** What is stored of a person as the host gave it. */
export const FIELDS = ['name', 'title', 'organisation', 'email', 'phone', 'photo', 'chat', 'initiate'] as const;
export type StoredPerson = Omit<PersonRow, 'id'> & { initiate: number | null };
export type PersonFields = Omit<StoredPerson, 'deactivated_at'>;

/** What is made of the fields, so that people are found and browsed without a difference of accents or case. */
export const FOLDED = ['sort_name', 'folded_title', 'folded_organisation', 'folded_email', 'folded_phone'] as const;
export type FoldedFields = Record<(typeof FOLDED)[number], string | null>;

/** The fields of the person, and of the `kept` ones those that are absent. */
export function personFields(person: DirectoryPerson, kept: PersonFields | undefined): PersonFields {
  const { name, title, organisation, email, phone, photo, chat, initiate } = person;
  return {
    name,
    title: title ?? kept?.title ?? null,
    organisation: organisation ?? kept?.organisation ?? null,
    email: email ?? kept?.email ?? null,
    phone: phone ?? kept?.phone ?? null,
    photo: photo ?? kept?.photo ?? null,
    chat: chat ?? kept?.chat ?? null,
    initiate: initiate === undefined ? (kept?.initiate ?? null) : Number(initiate),
  };
}

export function foldedFields({ name, title, organisation, email, phone }: PersonFields): FoldedFields {
  return {
    sort_name: fold(name),
    folded_title: foldNull(title),
    folded_organisation: foldNull(organisation),
    folded_email: foldNull(email),
    folded_phone: phone === null ? null : foldNumber(phone),
  };
}

/** The words under which the person is found. */
export function personWords({ name, title, organisation }: PersonFields): string[] {
  return indexWords([name, title ?? '', organisation ?? '']);
}

const foldNull = (text: string | null): string | null => (text === null ? null : fold(text));
