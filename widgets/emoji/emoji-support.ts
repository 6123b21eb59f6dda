import type { EmojiGroup } from './emoji-data.js';

/** Drawn in a square of this side. px */
const SIZE = 16;
/** Fewer than these, and the drawing itself is not to be relied on. */
const FEW = 100;
/** No character and never one: what a font draws for it, it draws for everything that it does not have. */
const NO_CHARACTER = '\u{10FFFF}';

function pixels(context: CanvasRenderingContext2D, emoji: string): Uint8ClampedArray {
  context.clearRect(0, 0, SIZE, SIZE);
  context.fillText(emoji, 0, SIZE);
  return context.getImageData(0, 0, SIZE, SIZE).data;
}

/** Whether this device draws it as a picture: then not every pixel has the colour that it was asked to write in, which is black. */
function drawsPicture(context: CanvasRenderingContext2D, emoji: string): boolean {
  return pixels(context, emoji).some((value, at) => at % 4 !== 3 && value > 2);
}

function filtered(groups: readonly EmojiGroup[], keeps: (emoji: string, version: number) => boolean): readonly EmojiGroup[] {
  return groups
    .map((group) => ({ ...group, emoji: group.emoji.filter(({ emoji, version }) => keeps(emoji, version)) }))
    .filter(({ emoji }) => emoji.length > 0);
}

/** A font of pictures has all of one version or none: one of each is tried. Windows has no flags and writes two letters. */
function inPictures(groups: readonly EmojiGroup[], context: CanvasRenderingContext2D): readonly EmojiGroup[] {
  const versions = new Map([[0, true]]);
  const flags = drawsPicture(context, '\u{1F1EB}\u{1F1F7}');
  return filtered(
    groups.filter(({ id }) => flags || id !== 'flags'),
    (emoji, version) => {
      const drawn = versions.get(version) ?? drawsPicture(context, emoji);
      versions.set(version, drawn);
      return drawn;
    },
  );
}

/** A font of text has some here and there, so each is tried; none of them has skin tones or puts several characters together. */
function inText(groups: readonly EmojiGroup[], context: CanvasRenderingContext2D): readonly EmojiGroup[] {
  const missing = pixels(context, NO_CHARACTER).join();
  const kept = filtered(groups, (emoji) => [...emoji.replace('\uFE0F', '')].length === 1 && pixels(context, emoji).join() !== missing);
  return kept.map((group) => ({ ...group, emoji: group.emoji.map((one) => ({ ...one, toned: false })) }));
}

/** Without what this device's fonts cannot draw: workstations are often older than the list. */
export function supported(groups: readonly EmojiGroup[], document: Document): readonly EmojiGroup[] {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return groups;
  context.font = `${SIZE}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`;
  context.textBaseline = 'bottom';
  const kept = drawsPicture(context, '\u{1F600}') ? inPictures(groups, context) : inText(groups, context);
  return kept.reduce((count, { emoji }) => count + emoji.length, 0) < FEW ? groups : kept;
}
