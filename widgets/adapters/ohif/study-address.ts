import { isDicomUid } from '#links';
import type { ContextLink } from '#sdk';

/** What belongs to the study that was open before; all else of an address is about the viewer and stays. */
const OF_A_STUDY = /^(study|series)instanceuids?$|^initial(series|sop)instanceuid$|^(hangingprotocol|stage)id$/i;

/** Parts of a study that other hosts may name in a link, as `parley-chat/links` reads them, and the viewer's words for them. */
const PARTS = [
  ['series', 'initialSeriesInstanceUID'],
  ['instance', 'initialSopInstanceUID'],
] as const;

/**
 * Where the viewer shows a study, for its command `navigateHistory`.
 * @param now the address of now
 * @param base the viewer's `routerBasename`, which its router adds by itself
 * @param mode the route of the mode to open it in; null to stay in that of the address
 * @throws TypeError when the link names a part that no study can have
 */
export function studyAddress(now: { pathname: string; search: string }, base: string, mode: string | null, link: ContextLink): string {
  const root = base.replace(/\/+$/, '');
  const inside = now.pathname.startsWith(`${root}/`) ? now.pathname.slice(root.length) : now.pathname;
  const params = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(now.search)) if (!OF_A_STUDY.test(name)) params.append(name, value);
  params.set('StudyInstanceUIDs', link.id);
  for (const [part, name] of PARTS) {
    const uid = link.context && Object.hasOwn(link.context, part) ? link.context[part] : undefined;
    if (uid === undefined) continue;
    // Something else than what was meant would be worse than nothing.
    if (!isDicomUid(uid)) throw new TypeError(`the ${part} of the link is no UID of DICOM`);
    params.set(name, uid);
  }
  return `${mode === null ? inside : `/${mode}`}?${params.toString()}`;
}
