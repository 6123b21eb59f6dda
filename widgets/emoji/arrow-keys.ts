/** A line of buttons, or a grid of them: `columns` of 1 is a line, along which up and down go as back and forth do. */
export interface Field {
  count: number;
  columns: number;
  rtl: boolean;
}

/** Where a key leads from here; null when it is no key for it, or leads out. Home and End stay in their row, with Ctrl they do not. */
export function moved(event: KeyboardEvent, at: number, { count, columns, rtl }: Field): number | null {
  const ends = event.key === 'Home' || event.key === 'End';
  if (event.isComposing || event.altKey || event.metaKey || event.shiftKey || (event.ctrlKey && !ends)) return null;
  const within = columns > 1 && !event.ctrlKey;
  const start = within ? at - (at % columns) : 0;
  const targets: Partial<Record<string, number>> = {
    [rtl ? 'ArrowLeft' : 'ArrowRight']: at + 1,
    [rtl ? 'ArrowRight' : 'ArrowLeft']: at - 1,
    ArrowDown: at + columns,
    ArrowUp: at - columns,
    Home: start,
    End: Math.min(count, within ? start + columns : count) - 1,
  };
  const to = targets[event.key];
  return to === undefined || to < 0 || to >= count ? null : to;
}
