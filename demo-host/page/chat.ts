import type { HostContext, HostKind, Parley } from 'parley-chat';
import { Refused } from './host-api.js';
import type { HostApi, ShownResource, ShownStudy } from './host-api.js';

/** The part of `<parley-session>` that a page sets. It works before the element is defined, and when it never is. */
interface SessionElement extends HTMLElement {
  token: (request: { signal: AbortSignal }) => Promise<string>;
  host: HostContext;
  readonly client?: Parley | null;
}

/** Where the host's items open in this page; an item that another host shows is opened there. */
export interface Places {
  as: string;
  api: HostApi;
  currentStudy?: () => string | null;
  openStudy?: (uid: string) => void;
  currentResource?: () => string | null;
  openResource?: (id: string) => void;
}

/** Embeds Parley: says who is signed in and what the host's items are. Returns what to call when the current item changed. */
export function embedChat(places: Places): () => void {
  const session = document.querySelector<SessionElement>('parley-session');
  if (!session) throw new Error('the page has no <parley-session>');
  session.token = ({ signal }) => places.api.token(signal);
  const study = studyKind(places);
  const resource = resourceKind(places);
  // The page's own kind comes first: it is what the link button speaks of while nothing is open.
  session.host = places.currentResource ? { resource, study } : { study, resource };
  return () => session.client?.host.refresh();
}

function studyKind({ as, api, currentStudy, openStudy }: Places): HostKind {
  return {
    noun: 'examination',
    icon: 'study',
    ...(currentStudy ? { getCurrent: () => reference('study', currentStudy()) } : {}),
    resolve: ({ id }) => asViewerSees(api.study(id), describeStudy),
    open: ({ id }) => (openStudy ? openStudy(id) : location.assign(`/viewer?as=${as}&chat=open&study=${encodeURIComponent(id)}`)),
  };
}

function resourceKind({ as, api, currentResource, openResource }: Places): HostKind {
  return {
    noun: 'resource',
    icon: 'resource',
    ...(currentResource ? { getCurrent: () => reference('resource', currentResource()) } : {}),
    resolve: ({ id }) => asViewerSees(api.resource(id), describeResource),
    open: ({ id }) =>
      openResource ? openResource(id) : location.assign(`/dashboard?as=${as}&chat=open&resource=${encodeURIComponent(id)}`),
  };
}

const reference = (kind: string, id: string | null) => (id === null ? null : { kind, id });
const describeStudy = (study: ShownStudy) => ({
  title: `${study.description}, ${study.patient.name}`,
  subtitle: `${day(study.at)} · ${study.accession}`,
});
const describeResource = (resource: ShownResource) => ({
  title: `${resource.name}, ${resource.sort}`,
  subtitle: `${resource.status} · ${String(resource.beds.free)} of ${String(resource.beds.total)} free`,
});

/** A refusal by the host's own rights becomes "you may not see this"; everything else is a failure that may pass. */
async function asViewerSees<T>(asked: Promise<T>, describe: (item: T) => { title: string; subtitle: string }) {
  try {
    return describe(await asked);
  } catch (cause) {
    if (cause instanceof Refused && (cause.status === 403 || cause.status === 404)) return { denied: true as const, reason: cause.message };
    throw cause;
  }
}

export function day(at: string | number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}
export function clock(at: string | number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}
