import { warnOnce } from './warn.js';

/**
 * What the host's own key listeners see of keys typed inside Parley.
 * `isolate` (default): nothing that types, edits, or was handled; shortcuts with Ctrl, Meta or Alt pass.
 * `pass`: everything. `all`: nothing.
 */
export type HotkeyPolicy = 'isolate' | 'pass' | 'all';

const POLICIES: readonly string[] = ['isolate', 'pass', 'all'] satisfies HotkeyPolicy[];

interface Isolated {
  readonly hotkeys: HotkeyPolicy;
  /** Whether the host placed it, and not another Parley element. */
  readonly outermost: boolean;
}

/** With Ctrl or Meta in a text field these edit the text: a viewer must not undo an annotation meanwhile. */
const EDITING = /^([acvxyz]|Arrow.+|Home|End|Backspace|Delete)$/i;

/** Viewers hook these too: pasting an image, their own context menu, zooming by wheel. Kept in by elements with text to edit or to scroll. */
const ALSO_ISOLATED = ['paste', 'copy', 'cut', 'drop', 'contextmenu', 'wheel'] as const;

/** `Event.AT_TARGET`: before it an event is on its way in, where nobody inside can stop it. */
const AT_TARGET = 2;

/** Whether what is typed goes into a text, or chooses in a list. */
export function typesText(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function staysInside(event: KeyboardEvent, policy: HotkeyPolicy): boolean {
  if (policy === 'all' || event.defaultPrevented || event.isComposing) return true;
  // AltGr is Ctrl+Alt on Windows, and types @ and { on most keyboards.
  if (event.getModifierState('AltGraph')) return true;
  if (!event.ctrlKey && !event.metaKey && !event.altKey) return !/^F\d+$/.test(event.key);
  return !event.altKey && typesText(event) && EDITING.test(event.key);
}

function stop(event: Event): void {
  event.stopPropagation();
}

/**
 * Keeps keys at the outermost shadow root, where every handler of Parley has seen them. Measured: a listener of the host sees events
 * of a shadow tree retargeted to the element, so its "is this a text field?" check fails and single-key shortcuts fire while one types.
 * Stops propagation only; what the browser does with a key is never prevented. Nothing is listened to before the focus first comes in.
 */
export class KeyIsolation {
  readonly #element: Isolated;
  /**
   * Keys whose press stayed inside, by physical key: their release stays from the host wherever the focus is by then, as after Enter or
   * Escape has opened or closed the panel. The release of a key that the host saw pressed must reach the host.
   */
  readonly #held = new Set<string>();

  constructor(element: Isolated, root: EventTarget, alsoEditing: boolean) {
    this.#element = element;
    root.addEventListener(
      'focusin',
      () => {
        root.addEventListener('keydown', this, true);
        root.addEventListener('keydown', this);
        root.addEventListener('keypress', this);
      },
      { once: true },
    );
    if (alsoEditing) for (const type of ALSO_ISOLATED) root.addEventListener(type, this, { passive: true });
  }

  handleEvent(event: Event): void {
    if (event.currentTarget === window) return this.#release(event);
    const { hotkeys: policy, outermost } = this.#element;
    if (!POLICIES.includes(policy)) warnOnce(`hotkeys="${policy}" is none of ${POLICIES.join(', ')}.`);
    if (policy === 'pass' || !outermost) return;
    if (!(event instanceof KeyboardEvent)) {
      event.stopPropagation();
      return;
    }
    if (event.eventPhase < AT_TARGET) {
      // A menu or a dialog may keep it for itself, and then it does not come by again.
      this.#held.add(event.code);
      addEventListener('keyup', this, true);
      addEventListener('blur', this);
    } else if (staysInside(event, policy)) event.stopPropagation();
    else this.#held.delete(event.code);
  }

  #release(event: Event): void {
    // Keys that are released while another window has the focus are not told of.
    if (!(event instanceof KeyboardEvent)) this.#held.clear();
    // At its target and not before: listeners of the host that capture have seen the press, and so they see the release.
    else if (this.#held.delete(event.code)) event.target?.addEventListener('keyup', stop, { capture: true, once: true });
    if (this.#held.size > 0) return;
    removeEventListener('keyup', this, true);
    removeEventListener('blur', this);
  }
}
