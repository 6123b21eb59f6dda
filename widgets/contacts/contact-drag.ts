import type { Line } from './contact-lines.js';

/** What is being dragged: people, or a personal group to another place. */
export type Dragged = { type: 'people'; users: readonly string[] } | { type: 'group'; id: string };

/** Where it would go: into a banner, or before or after a group. */
export type DropPlace = 'into' | 'before' | 'after';

interface DragHost {
  requestUpdate(): void;
}

/** Of its own kind: other pages and the host's drop targets can do nothing with it, and learn nobody's id from it. */
const TYPE = 'application/x-parley-contacts';

function placeIn(line: Line, dragged: Dragged, event: DragEvent): DropPlace | null {
  const { section } = line;
  if (dragged.type === 'people') return section.kind === 'group' || section.kind === 'favourites' ? 'into' : null;
  const row = event.composedPath().find((node) => node instanceof HTMLElement && node.role === 'row');
  if (line.type !== 'banner' || section.kind !== 'group' || section.group.id === dragged.id || !(row instanceof HTMLElement)) return null;
  const { top, height } = row.getBoundingClientRect();
  return event.clientY < top + height / 2 ? 'before' : 'after';
}

/** Dragging people onto a banner, and groups past each other (S14). The menu has the same acts for those who do not drag. */
export class ContactDrag {
  dragged: Dragged | null = null;
  over: { line: Line; place: DropPlace } | null = null;
  readonly #host: DragHost;

  constructor(host: DragHost) {
    this.#host = host;
  }

  start(event: DragEvent, dragged: Dragged): void {
    this.dragged = dragged;
    event.dataTransfer?.setData(TYPE, '');
    if (event.dataTransfer) event.dataTransfer.effectAllowed = dragged.type === 'people' ? 'copy' : 'move';
    event.stopPropagation();
  }

  /** Over a row; what comes from elsewhere is none of ours. */
  move(event: DragEvent, line: Line | undefined): void {
    if (this.dragged === null) return;
    event.stopPropagation();
    const place = line === undefined ? null : placeIn(line, this.dragged, event);
    if (place === null || line === undefined) return this.#mark(null);
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = this.dragged.type === 'people' ? 'copy' : 'move';
    this.#mark({ line, place });
  }

  /** What was let go, and where; null when that is nowhere. */
  drop(event: DragEvent): { dragged: Dragged; line: Line; place: DropPlace } | null {
    const { dragged, over } = this;
    if (dragged === null) return null;
    event.preventDefault();
    event.stopPropagation();
    this.end();
    return over === null ? null : { dragged, ...over };
  }

  end(): void {
    this.dragged = null;
    this.#mark(null);
  }

  #mark(over: { line: Line; place: DropPlace } | null): void {
    if (over?.line.key === this.over?.line.key && over?.place === this.over?.place) return;
    this.over = over;
    this.#host.requestUpdate();
  }
}
