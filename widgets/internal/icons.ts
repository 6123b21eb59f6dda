import { svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { chatStrokes, draw } from './icon.js';

/** All that a chat is opened with, but the launcher's, which is there at once (icon.ts); the rest is in more-icons.ts. Drawn for the project on a grid of 20, with one stroke. Decorative: the words beside them, or the label of their button, say what they mean. */
const strokes = {
  chat: chatStrokes,
  send: svg`<path d="m3.5 3.5 13.5 6.5-13.5 6.5 2-6.5-2-6.5Z"/><path d="M5.5 10h5.5"/>`,
  link: svg`<path d="M8.5 11.5a3 3 0 0 0 4.2.2l3-3a3 3 0 0 0-4.3-4.3l-1 1"/><path d="M11.5 8.5a3 3 0 0 0-4.2-.2l-3 3a3 3 0 0 0 4.3 4.3l1-1"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  back: svg`<path d="M12.5 4.5 7 10l5.5 5.5"/>`,
  search: svg`<circle cx="9" cy="9" r="5"/><path d="m12.8 12.8 3.7 3.7"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  chevron: svg`<path d="m5.5 8 4.5 4.5L14.5 8"/>`,
  check: svg`<path d="m4 10.5 4 4 8-9"/>`,
  'check-double': svg`<path d="m1.5 10.5 4 4 7.5-9"/><path d="m9.5 13.5 1 1 8-9"/>`,
  clock: svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v4.3l2.7 1.7"/>`,
  warning: svg`<path d="M10 3 2.5 16.5h15L10 3Z"/><path d="M10 8v4M10 14.2v.1"/>`,
  dots: svg`<path d="M10 4.5v.1M10 10v.1M10 15.4v.1" stroke-width="2.4"/>`,
  person: svg`<circle cx="10" cy="6.8" r="3.3"/><path d="M3.5 17a6.5 6.5 0 0 1 13 0"/>`,
  group: svg`<circle cx="7.5" cy="7.3" r="2.8"/><path d="M2 16.5a5.5 5.5 0 0 1 11 0"/><path d="M12.5 4.7a2.8 2.8 0 0 1 0 5.2M15 11.9a5.5 5.5 0 0 1 3 4.6"/>`,
  settings: svg`<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>`,
  'arrow-down': svg`<path d="M10 4v12M5 11l5 5 5-5"/>`,
  offline: svg`<path d="M3 3l14 14M2.5 8a11 11 0 0 1 4-2.4M17.5 8a11 11 0 0 0-7-3M5.3 11a7 7 0 0 1 4-2M14.7 11a7 7 0 0 0-1.7-1.2M8 14a3.2 3.2 0 0 1 4 0"/>`,
  dnd: svg`<circle cx="10" cy="10" r="7"/><path d="M6.5 10h7"/>`,
  smile: svg`<circle cx="10" cy="10" r="7"/><path d="M7.5 8v.1M12.5 8v.1" stroke-width="2.2"/><path d="M6.8 11.8a3.8 3.8 0 0 0 6.4 0"/>`,
  predefined: svg`<path d="M4.5 3.5h11a2 2 0 0 1 2 2v6.5a2 2 0 0 1-2 2H9.5l-4 3v-3h-1a2 2 0 0 1-2-2V5.5a2 2 0 0 1 2-2Z"/><path d="M6 7.2h8M6 10.3h5"/>`,
  history: svg`<path d="M9 3.5H4.5v13h11V12"/><path d="M12 3.5h4.5V8M16 4l-6.5 6.5"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof strokes;

/** An icon of 16 or 20 px; `back` and `send` turn with the direction of writing (class `directed`). */
export function icon(name: IconName, size: 16 | 20 = 20): TemplateResult {
  return draw(strokes[name], size, name === 'back' || name === 'send' || name === 'history');
}
