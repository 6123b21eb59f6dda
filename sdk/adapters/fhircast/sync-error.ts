import { member, type FhircastEvent } from './frames.js';

const SYSTEM = 'https://fhircast.hl7.org/events/syncerror/';
/** Of each list; a hub names one. */
const MOST = 64;

/** Which event was not followed, by the codes of an OperationOutcome; its texts are left where they are. */
export function readSyncError({ context }: FhircastEvent): { id: string | null; name: string | null } {
  const codings = context
    .flatMap(({ resource }) => list(member(resource, 'issue')))
    .flatMap((issue) => list(member(member(issue, 'details'), 'coding')));
  const coded = (system: string): string | null => {
    const code = member(
      codings.find((coding) => member(coding, 'system') === SYSTEM + system),
      'code',
    );
    return typeof code === 'string' ? code.slice(0, 256) : null;
  };
  return { id: coded('eventid'), name: coded('eventname') };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]).slice(0, MOST) : [];
}
