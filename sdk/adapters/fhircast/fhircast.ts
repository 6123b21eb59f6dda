import type { ContextLink } from '#protocol';
import type { HostContext, HostKind } from '../../host/host-context.js';
import { isDicomUid } from '../../links/dicom-uid.js';
import { newId } from '../../new-id.js';
import { ParleyError } from '../../protocol/errors.js';
import { Absence, type Guest } from './absence.js';
import type { Fhircast, FhircastOptions } from './api.js';
import { environmentOf, type FhircastEnvironment } from './environment.js';
import { member, readContext, type FhircastEntry, type FhircastEvent } from './frames.js';
import { Hub } from './hub.js';
import { OpenContexts, type FhircastKind } from './open-contexts.js';
import { SeenEvents } from './seen-events.js';
import { Subscription, type FhircastState } from './subscription.js';
import { readSyncError } from './sync-error.js';

/** `heartbeat` tells that the connection still is one, `home-open` that nothing is open. */
const EVENTS = [
  'ImagingStudy-open',
  'ImagingStudy-close',
  'DiagnosticReport-open',
  'DiagnosticReport-close',
  'Home-open',
  'UserLogout',
  'UserHibernate',
  'SyncError',
  'Heartbeat',
] as const;

/** A hub tells at once what is open, if it does so at all. ms */
const SILENCE = 1_000;

/** Does not subscribe by itself. Throws `INVALID` for a hub without TLS that is not on this machine, or no topic. */
export function createFhircast(options: FhircastOptions): Fhircast {
  return new FhircastSession(options);
}

class FhircastSession implements Fhircast {
  readonly #options: FhircastOptions;
  readonly #environment: FhircastEnvironment;
  readonly #hub: Hub;
  readonly #subscription: Subscription;
  readonly #contexts: OpenContexts;
  readonly #guests = new Set<Guest>();
  readonly #absence = new Absence();
  readonly #seen = new SeenEvents();
  /** The hub has said something of what is open since the connection began. */
  #isKnown = false;
  /** Raised whenever something was opened or closed, or is not known any more. */
  #changes = 0;
  #stopAsking = (): void => {};
  /** Ids of what was asked for here. */
  readonly #asked = new SeenEvents();

  constructor(options: FhircastOptions) {
    const { hub, topic, token, subscriber = 'Parley', leaseSeconds, link } = options;
    if (typeof topic !== 'string' || topic === '') throw new ParleyError('INVALID', 'topic is missing');
    this.#options = options;
    const environment = (this.#environment = environmentOf(options.environment));
    this.#hub = new Hub({ hub, token, environment });
    this.#contexts = new OpenContexts(link);
    this.#subscription = new Subscription(
      { hub: this.#hub, topic, events: EVENTS, subscriber, leaseSeconds, environment },
      {
        changed: (state) => {
          this.#stopAsking();
          if (state.state === 'subscribed') this.#stopAsking = environment.later(SILENCE, () => void this.#askWhatIsOpen());
          told(() => options.onState?.(state));
        },
        unknown: () => {
          // The hub tells again what is open, by the same ids.
          this.#seen.forgetContexts();
          this.#changes += 1;
          this.#isKnown = false;
          this.#contexts.clear();
          this.#refresh();
        },
        happened: (event) => this.#happened(event),
      },
    );
  }

  get state(): FhircastState {
    return this.#subscription.state;
  }

  current(kind: FhircastKind): ContextLink | null {
    return this.#contexts.current(kind);
  }

  host(kinds: { study?: HostKind; report?: HostKind }): HostContext {
    const of = (kind: FhircastKind): HostContext => {
      const given = kinds[kind];
      if (!given) return {};
      const open = kind === 'study' && this.#options.requestOpen ? { open: (link: ContextLink) => this.requestOpen(link) } : {};
      return { [kind]: { ...open, ...given, getCurrent: () => this.current(kind) } };
    };
    return { ...of('study'), ...of('report') };
  }

  attach(parley: Guest): () => void {
    this.#guests.add(parley);
    this.#absence.tell(parley);
    parley.host.refresh();
    return () => this.#guests.delete(parley);
  }

  start(): void {
    const { state } = this.state;
    if (state === 'idle' || state === 'ended') this.#absence.end();
    this.#subscription.start();
  }

  stop(): Promise<void> {
    return this.#subscription.stop('stopped');
  }

  async requestOpen(link: ContextLink): Promise<void> {
    const { requestOpen, topic } = this.#options;
    if (!requestOpen) throw new ParleyError('ROLE_FORBIDDEN', 'requestOpen is off');
    if (link.kind !== 'study' || !isDicomUid(link.id)) throw new ParleyError('INVALID', 'the link is not to a study by its DICOM UID');
    const further = typeof requestOpen === 'function' ? await requestOpen(link) : [];
    const id = newId(this.#environment.now());
    this.#asked.add(id, false);
    await this.#hub.publish({
      timestamp: new Date(this.#environment.now()).toISOString(),
      id,
      event: { 'hub.topic': topic, 'hub.event': 'ImagingStudy-open', context: [studyOf(link.id, further), ...further] },
    });
  }

  /** Answered: 200 is followed, 202 is received and none of ours. What was followed before is answered again and does nothing. */
  #happened(event: FhircastEvent): number {
    if (event.name === 'heartbeat') return 200;
    const isContext = /-(?:open|close)$/.test(event.name);
    if (!this.#seen.add(event.id, isContext)) return 200;
    if (event.name === 'userlogout') return this.#logout(event);
    if (event.name === 'userhibernate') return this.#leave(event, (parley) => parley.lock());
    if (event.name === 'syncerror') return this.#syncError(event);
    if (!this.#contexts.apply(event, this.#environment.now())) return 202;
    this.#absence.seen(event);
    this.#changes += 1;
    this.#isKnown = true;
    this.#refresh();
    return 200;
  }

  /** What was opened before the subscription, of a hub that has not said it by itself. Whatever it says meanwhile is newer. */
  async #askWhatIsOpen(): Promise<void> {
    if (this.#isKnown) return;
    const before = this.#changes;
    const event = readContext(await this.#hub.context(this.#options.topic).catch(() => ''));
    if (event && before === this.#changes && this.#contexts.apply(event, this.#environment.now())) this.#refresh();
  }

  /** The session of FHIRcast is over with it. In the next moment, so that the hub still gets its answer. */
  #logout(event: FhircastEvent): number {
    queueMicrotask(() => void this.#subscription.stop('user-logout'));
    return this.#leave(event, (parley) => void parley.end().catch(() => {}));
  }

  #leave(event: FhircastEvent, act: (parley: Guest) => void): number {
    this.#absence.begin(event, this.#environment.now(), act);
    return this.#each((parley) => this.#absence.tell(parley));
  }

  #syncError(event: FhircastEvent): number {
    const { id, name } = readSyncError(event);
    const error = { id, name, own: id !== null && this.#asked.has(id) };
    told(() => this.#options.onSyncError?.(error));
    return 200;
  }

  #refresh(): void {
    this.#each((parley) => parley.host.refresh());
  }

  /** One that fails keeps no other from being told. */
  #each(act: (parley: Guest) => void): number {
    let status = 200;
    for (const parley of [...this.#guests]) {
      try {
        act(parley);
      } catch {
        status = 500;
      }
    }
    return status;
  }
}

/** What the profile of the event asks for; `subject` is the patient, where one is named beside it. */
function studyOf(uid: string, further: readonly FhircastEntry[]): FhircastEntry {
  const patient = further.find(({ key }) => key === 'patient');
  const id = member(patient?.resource, 'id');
  return {
    key: 'study',
    resource: {
      resourceType: 'ImagingStudy',
      id: uid,
      identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${uid}` }],
      status: 'unknown',
      ...(typeof id === 'string' ? { subject: { reference: `Patient/${id}` } } : {}),
    },
  };
}

/** A host's function that throws breaks nothing here; it is told where such errors of a page are told. */
function told(act: () => void): void {
  try {
    act();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
