import { type Definable, defineAll } from '../internal/define.js';
import { deepActiveElement } from '../internal/focus.js';
import { ParleyElement } from '../internal/parley-element.js';
import { tagOf } from '../internal/prefix.js';

/** Everything that is not in a file of its own. */
const more = async (): Promise<readonly Definable[]> => (await import('../more.js')).ELEMENTS;

/**
 * What is loaded when it is first shown, by its tag without the prefix, with the elements that come along. The one list of lazy parts, so that what
 * a page loads at once can be seen here. Add a line, and then:
 *
 * - a dialog (a subclass of internal/dialog-element.ts): `await openDialog(this, 'settings-dialog', { page: 'sound' })`
 * - a part of the panel: `#lazy = new LazyPlaces(this)` (lazy-places.ts) and `${this.#lazy.render('contacts', () => html`...`)}`
 * - a detail whose room is kept for it: `summon('link-card')` while rendering its tag, which comes to life where it stands
 */
export const PLACES = {
  'connection-notice': async () => [(await import('../connection-notice/connection-notice.js')).ConnectionNotice],
  'emoji-picker': async () => [(await import('../emoji/emoji-picker.js')).EmojiPicker],
  'link-card': async () => [(await import('../link-card/link-card.js')).LinkCard],
  'chat-details': more,
  'chat-menu': more,
  'delivery-details': more,
  'contact-group-dialog': more,
  'chat-people': more,
  invitations: more,
  contacts: more,
  'history-dialog': more,
  'predefined-editor': more,
  'conference-wizard': more,
  'new-chat': more,
  'settings-dialog': more,
  'predefined-menu': more,
  'tab-strip': more,
} satisfies Record<string, () => Promise<readonly Definable[]>>;

export type Place = keyof typeof PLACES;

export const isLoaded = (place: Place): boolean => customElements.get(tagOf(place)) !== undefined;

/** Once; again only after a failure, which rejects. */
export async function load(place: Place): Promise<void> {
  if (!isLoaded(place)) defineAll(await PLACES[place]());
}

/** Between asking for a file that did not come and asking again. ms */
const AGAIN = 5_000;
const summoned = new Set<Place>();

/** Nobody waits for it or is asked to: what fails is tried again until it is there. */
export function summon(place: Place): void {
  if (summoned.has(place)) return;
  summoned.add(place);
  load(place).catch(() =>
    setTimeout(() => {
      summoned.delete(place);
      summon(place);
    }, AGAIN),
  );
}

/**
 * Shows a dialog in front of everything, with these properties, and resolves when it is closed; the focus is back where it was, or in `from`
 * when that is gone. It belongs to the outermost element around `from`, so that it has its session, language and theme, and outlives the menu
 * that asked for it. Rejects when it could not be loaded: say so, and the next call tries again.
 */
export async function openDialog<P extends Place>(
  from: ParleyElement,
  place: P,
  given: Partial<HTMLElementTagNameMap[`parley-${P}`]> = {},
): Promise<void> {
  const { ownerDocument } = from;
  const focused = deepActiveElement(ownerDocument);
  const outside = outermost(from);
  const session = outside.client?.session;
  await load(place);
  // Asked for twice while it was being loaded, or by a page that has gone on. What one user asked for is not shown to the next (G14).
  if (!outside.isConnected || outside.client?.session !== session || outside.renderRoot.querySelector(tagOf(place)) !== null) return;
  const dialog: HTMLElement = ownerDocument.createElement(tagOf(place));
  Object.assign(dialog, given);
  const closed = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  outside.renderRoot.append(dialog);
  await closed;
  dialog.remove();
  focused?.focus();
  if (focused === null || deepActiveElement(ownerDocument) !== focused) from.focus();
}

function outermost(from: ParleyElement): ParleyElement {
  const root = from.getRootNode();
  return root instanceof ShadowRoot && root.host instanceof ParleyElement ? outermost(root.host) : from;
}
