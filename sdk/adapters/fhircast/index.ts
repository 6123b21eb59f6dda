/** FHIRcast (STU3) as the source of the current item, for browser and Node. */
export type { Fhircast, FhircastOptions, FhircastSyncError } from './api.js';
export type { FhircastEnvironment, SocketLike } from './environment.js';
export { createFhircast } from './fhircast.js';
export type { FhircastEntry, FhircastEvent } from './frames.js';
export { linkOfResource, type FhircastKind, type LinkOf } from './open-contexts.js';
export { FHIRCAST_REASONS, type FhircastReason, type FhircastState } from './subscription.js';
