/** What a key does in the list: where the focus goes, and what becomes of the choice. */
export type KeyAct =
  | { type: 'go'; by: number; choose: 'only' | 'range' | 'nothing' }
  | { type: 'first' | 'last'; choose: 'only' | 'range' | 'nothing' }
  | { type: 'toggle' | 'all' | 'open' | 'menu' | 'inward' | 'outward' };

/** Rows that PageUp and PageDown pass over. */
const PAGE = 10;

/** As lists of a desktop have it: arrows choose, with Shift a range, with Ctrl they only move and the space bar adds or takes away (S10). */
export function keyAct(event: KeyboardEvent, rtl: boolean): KeyAct | null {
  const { key, shiftKey } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.isComposing || event.altKey) return null;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { type: 'menu' };
  if (ctrl && !shiftKey && key.toLowerCase() === 'a') return { type: 'all' };
  if (key === ' ') return { type: 'toggle' };
  const choose = shiftKey ? 'range' : ctrl ? 'nothing' : 'only';
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[key];
  if (by !== undefined) return { type: 'go', by, choose };
  if (key === 'Home') return { type: 'first', choose };
  if (key === 'End') return { type: 'last', choose };
  if (ctrl || shiftKey) return null;
  if (key === 'Enter') return { type: 'open' };
  if (key === (rtl ? 'ArrowLeft' : 'ArrowRight')) return { type: 'inward' };
  return key === (rtl ? 'ArrowRight' : 'ArrowLeft') ? { type: 'outward' } : null;
}
