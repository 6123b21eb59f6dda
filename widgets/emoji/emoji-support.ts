import type { EmojiGroup } from './emoji-data.js';

/** Drawn in the middle of this square. px */
const SIZE = 16;

/** Whether this device draws it as a picture: then not every pixel has the colour that it was asked to write in. */
function drawsPicture(context: CanvasRenderingContext2D, emoji: string): boolean {
  context.clearRect(0, 0, SIZE, SIZE);
  context.fillText(emoji, 0, SIZE);
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
    if (alpha > 0 && (red > 2 || green > 2 || blue > 2)) return true;
  }
  return false;
}

/**
 * Without what this device's fonts cannot draw: workstations are often older than the list, and Windows has no flags. One of each version is
 * tried. Where not even the oldest is a picture there is one font for text only, which says nothing about the rest: all are kept.
 */
export function supported(groups: readonly EmojiGroup[], document: Document): readonly EmojiGroup[] {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return groups;
  context.font = `${SIZE}px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif`;
  context.textBaseline = 'bottom';
  if (!drawsPicture(context, '\u{1F600}')) return groups;
  const versions = new Map<number, boolean>();
  const drawn = (version: number, emoji: string): boolean => {
    const known = versions.get(version) ?? (version === 0 || drawsPicture(context, emoji));
    versions.set(version, known);
    return known;
  };
  return groups
    .filter(({ id }) => id !== 'flags' || drawsPicture(context, '\u{1F1EB}\u{1F1F7}'))
    .map((group) => ({ ...group, emoji: group.emoji.filter(({ version, emoji }) => drawn(version, emoji)) }));
}
