import type { ContextLink } from '#protocol';
import type { Parley } from '../../api.js';
import type { HostContext, HostKind } from '../../host/host-context.js';
import type { FhircastEnvironment } from './environment.js';
import type { FhircastEntry } from './frames.js';
import type { FhircastKind, LinkOf } from './open-contexts.js';
import type { FhircastState } from './subscription.js';

export interface FhircastOptions {
  /** `hub.url` of the launch: https, or http on this machine. */
  hub: string;
  /** `hub.topic` of the launch: the session of the user, not to be guessed. */
  topic: string;
  /** The access token of the hub, asked for at every request. Not Parley's. */
  token?: () => string | Promise<string>;
  /** As others are told who could not follow; `Parley`. */
  subscriber?: string;
  /** For how long a subscription is asked at a time; the hub decides. Seconds. */
  leaseSeconds?: number;
  /** The link of a resource, where it is to be another than `linkOfResource` makes: a study's UID, the id of a report. Null: nothing to link. */
  link?: LinkOf;
  /**
   * Lets a click on a link ask the hub to open the study for everybody in the session, which changes what the user is reading; so it is off,
   * and `parley-item-open` is the place to ask first. A function gives what else the event must name: the patient, where there is one.
   */
  requestOpen?: boolean | ((link: ContextLink) => readonly FhircastEntry[] | Promise<readonly FhircastEntry[]>);
  onState?(state: FhircastState): void;
  /** Somebody in the session, or the hub, could not follow an event. */
  onSyncError?(error: FhircastSyncError): void;
  environment?: Partial<FhircastEnvironment>;
}

/** Its text may name a patient and is not told. */
export interface FhircastSyncError {
  /** The event that was not followed, and its name, as far as the hub says. */
  id: string | null;
  name: string | null;
  /** It was asked for by `requestOpen`. */
  own: boolean;
}

/** A session of FHIRcast (STU3) as the source of the current item. */
export interface Fhircast {
  readonly state: FhircastState;
  /** What is open by the events of the session; null when nothing is, or it is not known. */
  current(kind: FhircastKind): ContextLink | null;
  /**
   * Your kinds `study` and `report`, with what is current by FHIRcast; the first one with something current is what is linked. An `open` of
   * yours stays; without one a study is opened by `requestOpen`, where that is on.
   */
  host(kinds: { study?: HostKind; report?: HostKind }): HostContext;
  /**
   * Tells a client when the current item changes, ends its session at `userlogout`, and locks it at `userhibernate`: `unlock()` is the host's,
   * when it knows who is back. A client that is attached after these is ended or locked at once, until the next `start()`; locked only until
   * somebody opens a study or report again. The function returned takes it away.
   */
  attach(parley: Pick<Parley, 'end' | 'lock' | 'host'>): () => void;
  /** Subscribes. After the end, once more. */
  start(): void;
  /** Unsubscribes; nothing is current any more. */
  stop(): Promise<void>;
  /**
   * Asks the hub to open a study, and resolves when the hub has taken it. Rejects with a `ParleyError`: `INVALID` for what is no study. Not
   * repeated when somebody does not follow: nobody's viewer is to change minutes after the click.
   */
  requestOpen(link: ContextLink): Promise<void>;
}
