/** What a key does, by `event.key`. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/**
 * Single keys, as viewers have them: an ordinary listener at the document that knows nothing of Parley. The host looks after its
 * own fields only; that no key typed in the chat arrives here is Parley's promise.
 */
export function listenForShortcuts(shortcuts: Shortcuts): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    const { target } = event;
    if (target instanceof HTMLElement) {
      if (target.matches('input, select, textarea, [contenteditable]')) return;
      if ((event.key === ' ' || event.key === 'Enter') && target.closest('button, a, summary')) return;
    }
    const act = shortcuts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
