import type { Line } from './chat-lines.js';

/** Where a key leads from a line, past headings; null for a key that leads nowhere. The empty key stays, or goes on to what can be chosen. */
export function chosenLine(
  lines: readonly Line[],
  active: number,
  key: string,
  { page = 1, inField = false, first = false }: { page?: number; inField?: boolean; first?: boolean } = {},
): number | null {
  const last = lines.length - 1;
  // Home and End move in the text that is typed.
  if (last < 0 || (inField && (key === 'Home' || key === 'End'))) return null;
  const steps: Record<string, [number, 1 | -1]> = {
    '': [active, 1],
    ArrowDown: [first ? active : active + 1, 1],
    ArrowUp: [active - 1, -1],
    PageDown: [active + page, 1],
    PageUp: [active - page, -1],
    Home: [0, 1],
    End: [last, -1],
  };
  const step = steps[key];
  if (step === undefined) return null;
  return selectable(lines, Math.max(0, Math.min(last, step[0])), step[1]);
}

function selectable(lines: readonly Line[], index: number, direction: 1 | -1): number {
  let at = index;
  while (lines[at]?.type === 'heading') at += direction;
  return lines[at] === undefined ? (direction === 1 ? index : selectable(lines, 0, 1)) : at;
}
