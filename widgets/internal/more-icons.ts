import type { TemplateResult } from 'lit';
import { draw } from './icon.js';
import { icon as first, type IconName as FirstIcon } from './icons.js';

/** Those that only lazy parts show, drawn as the others (icons.ts). */
const strokes = {
  retry: 'M16 10a6 6 0 1 1-1.8-4.3M16.5 2.8v3.4h-3.4',
  trash: 'M4 5.5h12M8 5.5v-2h4v2M5.5 5.5l.8 11h7.4l.8-11',
  study:
    'M5 3h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2ZM10 5.5v9M7 7.5c-1.3 1-1.3 5 0 5.5M13 7.5c1.3 1 1.3 5 0 5.5',
  resource: 'M3.5 16.5v-10l6.5-3 6.5 3v10h-13ZM10 8v5M7.5 10.5h5',
  mail: 'M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-12a1.5 1.5 0 0 1-1.5-1.5v-8a1.5 1.5 0 0 1 1.5-1.5ZM3 5.5l7 5.5 7-5.5',
  call: 'M4 3.5h3l1.5 4-2 1.3a9 9 0 0 0 4.7 4.7l1.3-2 4 1.5v3a1.2 1.2 0 0 1-1.3 1.2A12.7 12.7 0 0 1 2.8 4.8 1.2 1.2 0 0 1 4 3.5Z',
  document: 'M5 2.5h6.5l4 4v11H5v-15ZM11.5 2.5v4h4M7.5 10.5h5M7.5 13.5h5',
  'save-file': 'M10 3v9M6.5 8.8 10 12.3l3.5-3.5M4 13.5v3h12v-3',
  edit: 'M4 16l.8-3.6L13 4.2a1.8 1.8 0 0 1 2.7 2.6L7.6 15.1 4 16ZM11.6 5.6l2.8 2.8',
  lock: 'M5.5 9h9a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-9a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5ZM6.5 9V6.5a3.5 3.5 0 0 1 7 0V9',
  leave: 'M11 3.5H4.5v13H11M8.5 10h8M13.5 7l3 3-3 3',
} satisfies Record<string, string>;

type MoreIcon = keyof typeof strokes;
export type IconName = FirstIcon | MoreIcon;

const isMore = (name: IconName): name is MoreIcon => name in strokes;

/** As in icons.ts, of all icons. */
export function icon(name: IconName, size: 16 | 20 = 20): TemplateResult {
  return isMore(name) ? draw(strokes[name], size, name === 'leave') : first(name, size);
}
