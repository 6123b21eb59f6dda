import { isDicomUid } from '#links';
import type { ContextLink } from '#sdk';
import type { ServicesManager } from './viewer.js';

/** After which another study may be in front of the person. */
const CHANGES = ['ACTIVE_VIEWPORT_ID_CHANGED', 'GRID_STATE_CHANGED', 'LAYOUT_CHANGED', 'VIEWPORTS_READY'] as const;

/** The study in the active viewport; null while there is none (S17). */
export function currentStudy({ services }: ServicesManager, kind: string): ContextLink | null {
  const { viewportGridService, displaySetService } = services;
  const viewport = viewportGridService.getActiveViewportId();
  if (viewport == null) return null;
  for (const uid of viewportGridService.getDisplaySetsUIDsForViewport(viewport) ?? []) {
    const id = displaySetService.getDisplaySetByUID(uid)?.StudyInstanceUID;
    if (isDicomUid(id)) return { kind, id };
  }
  return null;
}

/** Calls back whenever the study in the active viewport may be another one, until the returned function is called (S18). */
export function followCurrentStudy({ services }: ServicesManager, changed: () => void): () => void {
  const { viewportGridService: grid } = services;
  const events = CHANGES.map((name) => grid.EVENTS[name]).filter((event) => event !== undefined);
  const subscriptions = events.map((event) => grid.subscribe(event, changed));
  return () => {
    for (const subscription of subscriptions) subscription.unsubscribe();
  };
}
