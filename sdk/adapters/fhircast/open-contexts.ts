import type { ContextLink } from '#protocol';
import { isDicomUid } from '../../links/dicom-uid.js';
import { member, type FhircastEntry, type FhircastEvent } from './frames.js';

export type FhircastKind = 'study' | 'report';

/** Makes the link of a resource; null when there is nothing to link. */
export type LinkOf = (kind: FhircastKind, resource: FhircastEntry['resource'], event: FhircastEvent) => ContextLink | null;

/** By these an event says that it is about the same thing as one before. */
interface Identity {
  uid: string | null;
  id: string | null;
}

interface Opened {
  identity: Identity | null;
  links: Readonly<Partial<Record<FhircastKind, ContextLink>>>;
  /** The larger, the later it was opened. */
  order: number;
}

type Anchor = 'imagingstudy' | 'diagnosticreport';
const RESOURCES: Readonly<Record<Anchor, string>> = { imagingstudy: 'ImagingStudy', diagnosticreport: 'DiagnosticReport' };

/** A clock that goes ahead by more must not keep every later event out. ms */
const AHEAD = 300_000;

/**
 * What is open by the events of a session. Only links are kept: no resource, and so no patient's name.
 *
 * To link the wrong examination is worse than to link none. So an opening takes the place of the one before it of its sort, closing that
 * leaves nothing open rather than an older one of its sort, and an opening that names nothing that can be linked leaves nothing to link.
 */
export class OpenContexts {
  readonly #linkOf: LinkOf;
  readonly #anchors = new Map<Anchor, { opened: Opened | null; at: number }>();
  #order = 0;

  constructor(linkOf: LinkOf = linkOfResource) {
    this.#linkOf = linkOf;
  }

  /** Of what was opened last, a study or a report, and is not closed: what that does not name is not current, whatever was opened before. */
  current(kind: FhircastKind): ContextLink | null {
    const opened = [...this.#anchors.values()].flatMap(({ opened }) => (opened ? [opened] : [])).sort((a, b) => b.order - a.order);
    return opened[0]?.links[kind] ?? null;
  }

  /** False when it does not concern what is open here. Events older than the last of their sort are passed over, as the standard has it. */
  apply(event: FhircastEvent, now: number): boolean {
    const [, resource, act] = /^(imagingstudy|diagnosticreport|home)-(open|close)$/.exec(event.name) ?? [];
    if (resource === undefined) return false;
    for (const anchor of ['imagingstudy', 'diagnosticreport'] as const)
      if (resource === anchor) this.#change(anchor, event, now, act === 'open');
      // Whoever is at home has nothing open.
      else if (resource === 'home' && act === 'open') this.#change(anchor, event, now, false);
    return true;
  }

  /** Nothing is known to be open, and whatever comes next is taken, also what happened before. */
  clear(): void {
    this.#anchors.clear();
  }

  #change(anchor: Anchor, event: FhircastEvent, now: number, isOpening: boolean): void {
    const last = this.#anchors.get(anchor);
    const before = last?.at ?? -Infinity;
    // A time that says nothing leaves the order in which they came.
    const at = event.at === null || event.at > now + AHEAD ? before : event.at;
    if (at < before) return;
    const resource = event.context.find(({ resource }) => member(resource, 'resourceType') === RESOURCES[anchor])?.resource;
    const identity = resource ? { uid: studyUid(resource), id: resourceId(resource) } : null;
    if (isOpening) this.#anchors.set(anchor, { at, opened: { identity, links: this.#links(event), order: ++this.#order } });
    else if (!isAnother(last?.opened?.identity, identity)) this.#anchors.set(anchor, { at, opened: null });
  }

  #links(event: FhircastEvent): Opened['links'] {
    const of = (kind: FhircastKind, type: string): Opened['links'] => {
      const found = event.context.filter(({ resource }) => member(resource, 'resourceType') === type);
      // A report may have several studies, and nothing says which of them is in front of the reader.
      const only = found.length === 1 ? found[0] : undefined;
      try {
        const link = only && this.#linkOf(kind, only.resource, event);
        return link ? { [kind]: link } : {};
      } catch {
        // A host's function that fails has no link.
        return {};
      }
    };
    return { ...of('study', 'ImagingStudy'), ...of('report', 'DiagnosticReport') };
  }
}

/** A study by its DICOM UID, a report by the id of the resource: neither is a number that a person would recognise. */
export function linkOfResource(kind: FhircastKind, resource: FhircastEntry['resource']): ContextLink | null {
  const id = kind === 'study' ? studyUid(resource) : resourceId(resource);
  return id === null ? null : { kind, id };
}

function studyUid(resource: unknown): string | null {
  const identifiers = member(resource, 'identifier');
  for (const identifier of Array.isArray(identifiers) ? (identifiers as unknown[]) : []) {
    const value = member(identifier, 'value');
    if (member(identifier, 'system') !== 'urn:dicom:uid' || typeof value !== 'string') continue;
    const uid = value.replace(/^urn:oid:/i, '');
    if (isDicomUid(uid)) return uid;
  }
  return null;
}

function resourceId(resource: unknown): string | null {
  const id = member(resource, 'id');
  return typeof id === 'string' && /^[A-Za-z0-9.-]{1,64}$/.test(id) ? id : null;
}

/** Only when both say what they are about. A UID is the same everywhere, the id of a resource on its server only. */
function isAnother(one: Identity | null | undefined, other: Identity | null): boolean {
  if (!one || !other) return false;
  if (one.uid !== null && other.uid !== null) return one.uid !== other.uid;
  return one.id !== null && other.id !== null && one.id !== other.id;
}
