/** One resource that an event names, under its key: `study`, `patient`, `report` ... */
export interface FhircastEntry {
  key: string;
  /** FHIR as the hub sent it: not checked, with all that the hub knows of a patient. */
  resource: Readonly<Record<string, unknown>>;
}

export interface FhircastEvent {
  id: string;
  /** In lower case: names are compared without regard to it. */
  name: string;
  /** When it happened: UTC, ms; null when the hub's time cannot be read. */
  at: number | null;
  context: readonly FhircastEntry[];
  /** Seconds until the hub speaks again at the latest; of a heartbeat only. */
  period: number | null;
}

type Frame =
  | { type: 'confirmation'; events: readonly string[]; leaseSeconds: number | null }
  | { type: 'denial'; reason: string }
  | { type: 'event'; event: FhircastEvent }
  /** Looks like an event and is none that can be followed: answered with an error. `ours`: it may have changed what is open here. */
  | { type: 'malformed'; id: string; ours: boolean }
  /** Too long to be read: what it said is not known. */
  | { type: 'oversize' }
  | { type: 'noise' };

/** Characters. A full ImagingStudy of thousands of images is about a tenth of it. */
const LONGEST = 4_194_304;
const LONGEST_ID = 256;
const MOST_ENTRIES = 64;

type Json = Readonly<Record<string, unknown>>;

/** Own members only: a hub's text must not reach what every object inherits. */
export function member(of: unknown, name: string): unknown {
  return isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Never throws, whatever came. Frames about other topics are not ours to follow. */
export function readFrame(data: unknown, topic: string): Frame {
  if (typeof data !== 'string') return { type: 'noise' };
  if (data.length > LONGEST) return { type: 'oversize' };
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return { type: 'noise' };
  }
  if (!isObject(frame)) return { type: 'noise' };
  return typeof member(frame, 'hub.mode') === 'string' ? control(frame, topic) : notification(frame, topic);
}

/** The answer to a question for the current context, as the event that opened it; null when nothing is open, or it cannot be read. */
export function readContext(text: string): FhircastEvent | null {
  let answer: unknown;
  try {
    answer = text.length <= LONGEST ? JSON.parse(text) : null;
  } catch {
    return null;
  }
  const type = member(answer, 'context.type');
  const given = member(answer, 'context');
  if (typeof type !== 'string' || type === '' || !Array.isArray(given)) return null;
  return { id: '', name: `${type.toLowerCase()}-open`, at: null, context: entries(given), period: null };
}

function control(frame: Json, topic: string): Frame {
  if (member(frame, 'hub.topic') !== topic) return { type: 'noise' };
  const mode = member(frame, 'hub.mode');
  if (mode === 'denied') return { type: 'denial', reason: shortText(member(frame, 'hub.reason')) };
  if (mode !== 'subscribe') return { type: 'noise' };
  const lease = Number(member(frame, 'hub.lease_seconds'));
  return { type: 'confirmation', events: names(member(frame, 'hub.events')), leaseSeconds: lease > 0 && lease < Infinity ? lease : null };
}

function notification(frame: Json, topic: string): Frame {
  const id = member(frame, 'id');
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_ID) return { type: 'noise' };
  const event = member(frame, 'event');
  const name = member(event, 'hub.event');
  const given = member(event, 'context') ?? [];
  const ours = member(event, 'hub.topic') === topic;
  if (!ours || typeof name !== 'string' || !Array.isArray(given)) return { type: 'malformed', id, ours };
  const period = Number((given as unknown[]).map((item) => member(item, 'decimal')).find((value) => value !== undefined));
  return {
    type: 'event',
    event: {
      id,
      name: name.toLowerCase(),
      at: instant(member(frame, 'timestamp')),
      context: entries(given),
      period: period > 0 ? period : null,
    },
  };
}

function entries(given: readonly unknown[]): FhircastEntry[] {
  return given.slice(0, MOST_ENTRIES).flatMap((one) => {
    const key = member(one, 'key');
    const resource = member(one, 'resource');
    return typeof key === 'string' && isObject(resource) ? [{ key, resource }] : [];
  });
}

/** ISO 8601 in UTC; the standard's own examples leave the zone out, which Date would take for the local one. */
function instant(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  const time = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) ? null : time;
}

function names(value: unknown): string[] {
  return typeof value === 'string'
    ? value
        .toLowerCase()
        .split(',', 200)
        .map((name) => name.trim())
    : [];
}

/** For developers, in one line. */
function shortText(value: unknown): string {
  return typeof value === 'string'
    ? value
        .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
        .trim()
        .slice(0, 200)
    : '';
}
