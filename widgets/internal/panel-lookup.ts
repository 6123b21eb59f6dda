import { rootsOutwards } from './client-source.js';
import { tagOf } from './prefix.js';
import { warnOnce } from './warn.js';

/** What launchers, badges and link buttons need of the panel, whichever copy of the package defined it. */
export interface PanelElement extends HTMLElement {
  readonly client: unknown;
  open: boolean;
  /** Opens it and moves the focus in. */
  show(): void;
  hide(): void;
}

function isPanel(element: Element | null | undefined): element is PanelElement {
  return element?.localName === tagOf('chat-panel') && 'show' in element;
}

/** The panel with this id, or the first one of the nearest root that belongs to the same session; null while there is none. */
export function findPanel(from: Element & { client: unknown }, id: string): PanelElement | null {
  for (const root of rootsOutwards(from)) {
    const found =
      id === ''
        ? [...root.querySelectorAll(tagOf('chat-panel'))].find((panel) => isPanel(panel) && panel.client === from.client)
        : root.getElementById(id);
    if (isPanel(found)) return found;
  }
  if (id !== '') warnOnce(`<${from.localName} for="${id}">: no such panel.`);
  return null;
}
