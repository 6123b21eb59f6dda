import type { TemplateResult } from 'lit';
import { chatStrokes, draw } from './icon.js';

/**
 * All that a chat is opened with, but the launcher's, which is there at once (icon.ts); the rest is in more-icons.ts. Drawn for the project on a
 * grid of 20, as one path with one stroke; a dot is a ring that its stroke fills. Decorative: the words beside them, or the label of their
 * button, say what they mean.
 */
const strokes = {
  chat: chatStrokes,
  send: 'M3.5 3.5l13.5 6.5-13.5 6.5 2-6.5-2-6.5ZM5.5 10h5.5',
  link: 'M8.5 11.5a3 3 0 0 0 4.2.2l3-3a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.2-.2l-3 3a3 3 0 0 0 4.3 4.3l1-1',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12.5 4.5 7 10l5.5 5.5',
  search: 'M4 9a5 5 0 1 1 10 0 5 5 0 1 1-10 0M12.8 12.8l3.7 3.7',
  plus: 'M10 4v12M4 10h12',
  chevron: 'M5.5 8l4.5 4.5L14.5 8',
  check: 'M4 10.5l4 4 8-9',
  'check-double': 'M1.5 10.5l4 4 7.5-9M9.5 13.5l1 1 8-9',
  clock: 'M3 10a7 7 0 1 1 14 0 7 7 0 1 1-14 0M10 6v4.3l2.7 1.7',
  warning: 'M10 3 2.5 16.5h15L10 3ZM10 8v4M10 14.2v.1',
  dots: 'M9.65 4.55a.35 .35 0 1 1 .7 0 .35 .35 0 1 1-.7 0M9.65 10.05a.35 .35 0 1 1 .7 0 .35 .35 0 1 1-.7 0M9.65 15.45a.35 .35 0 1 1 .7 0 .35 .35 0 1 1-.7 0',
  person: 'M6.7 6.8a3.3 3.3 0 1 1 6.6 0 3.3 3.3 0 1 1-6.6 0M3.5 17a6.5 6.5 0 0 1 13 0',
  group:
    'M4.7 7.3a2.8 2.8 0 1 1 5.6 0 2.8 2.8 0 1 1-5.6 0M2 16.5a5.5 5.5 0 0 1 11 0M12.5 4.7a2.8 2.8 0 0 1 0 5.2M15 11.9a5.5 5.5 0 0 1 3 4.6',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M11 6a2 2 0 1 1 4 0 2 2 0 1 1-4 0M5 14a2 2 0 1 1 4 0 2 2 0 1 1-4 0',
  'arrow-down': 'M10 4v12M5 11l5 5 5-5',
  offline:
    'M3 3l14 14M2.5 8a11 11 0 0 1 4-2.4M17.5 8a11 11 0 0 0-7-3M5.3 11a7 7 0 0 1 4-2M14.7 11a7 7 0 0 0-1.7-1.2M8 14a3.2 3.2 0 0 1 4 0',
  dnd: 'M3 10a7 7 0 1 1 14 0 7 7 0 1 1-14 0M6.5 10h7',
  smile:
    'M3 10a7 7 0 1 1 14 0 7 7 0 1 1-14 0M7.15 8.05a.35 .35 0 1 1 .7 0 .35 .35 0 1 1-.7 0M12.15 8.05a.35 .35 0 1 1 .7 0 .35 .35 0 1 1-.7 0M6.8 11.8a3.8 3.8 0 0 0 6.4 0',
  predefined: `${chatStrokes}M6 7.2h8M6 10.3h5`,
  history: 'M2.5 5h15v10.5h-15ZM2.5 6l7.5 5 7.5-5',
} satisfies Record<string, string>;

export type IconName = keyof typeof strokes;

/** An icon of 16 or 20 px; `back` and `send` turn with the direction of writing (class `directed`). */
export function icon(name: IconName, size: 16 | 20 = 20): TemplateResult {
  return draw(strokes[name], size, name === 'back' || name === 'send');
}
