import { isDicomUid } from '#links';
import type { ResolvedLink } from '#sdk';
import type { ExtensionManager, FoundStudy } from './viewer.js';

/**
 * The study as this viewer's own data source finds it, with the permissions of whoever is signed in to the viewer: what they may not see is
 * not found. Null then. Nothing of what it is called ever comes from a message.
 */
export async function findStudy(manager: ExtensionManager, id: string): Promise<FoundStudy | null> {
  if (!isDicomUid(id)) return null;
  const source = manager.getActiveDataSource()?.[0];
  if (source === undefined) throw new Error('the viewer has no data source yet');
  const found = await source.query.studies.search({ studyInstanceUid: id, disableWildcard: true });
  // Asked for by one UID, an archive that does not know the parameter answers with everything.
  return found?.find(({ studyInstanceUid }) => studyInstanceUid === id) ?? null;
}

/**
 * `CT Thorax` and `Example, Erika · 20 Nov 2026 · A-26-118204`: whose it is comes before what a narrow panel cuts off. Dates as the reader's
 * language writes them.
 */
export function describeStudy({ description, modalities, patientName, date, accession }: FoundStudy, locale: string): ResolvedLink {
  const details = [patientName?.trim(), day(date, locale), accession?.trim()];
  return { title: (description?.trim() || modalities?.trim()) ?? '', subtitle: details.filter(Boolean).join(' · ') };
}

function day(date: string | undefined, locale: string): string {
  const [, year, month, dayOfMonth] = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '') ?? [];
  if (year === undefined) return '';
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)));
  return new Intl.DateTimeFormat(locale || undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}
