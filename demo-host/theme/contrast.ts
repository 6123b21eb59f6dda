/** Pairs that stand on each other, and the contrast that they need (WCAG 2.2, 1.4.3 and 1.4.11). */
const PAIRS: readonly { mark: string; grounds: readonly string[]; least: number }[] = [
  { mark: 'ink', grounds: ['surface', 'raised', 'sunken', 'bubble', 'own', 'unread'], least: 4.5 },
  { mark: 'ink-2', grounds: ['surface', 'raised', 'sunken', 'bubble', 'own'], least: 4.5 },
  { mark: 'link', grounds: ['surface', 'raised', 'bubble', 'own', 'unread'], least: 4.5 },
  { mark: 'on-accent', grounds: ['accent'], least: 4.5 },
  { mark: 'accent', grounds: ['surface', 'raised'], least: 4.5 },
  { mark: 'ok', grounds: ['surface', 'raised'], least: 4.5 },
  { mark: 'warn', grounds: ['surface', 'raised'], least: 4.5 },
  { mark: 'bad', grounds: ['surface', 'raised'], least: 4.5 },
  { mark: 'edge', grounds: ['surface', 'raised'], least: 3 },
  { mark: 'presence-available', grounds: ['surface', 'raised'], least: 3 },
  { mark: 'presence-away', grounds: ['surface', 'raised'], least: 3 },
  { mark: 'presence-busy', grounds: ['surface', 'raised'], least: 3 },
  { mark: 'presence-offline', grounds: ['surface', 'raised'], least: 3 },
];

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Of two colours as `#rrggbb`: from 1, the same, to 21, black on white. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

export interface Faint {
  mark: string;
  ground: string;
  found: number;
  least: number;
}

/** Pairs that are too near to each other. */
export function tooFaint(colour: (token: string) => string): Faint[] {
  return PAIRS.flatMap(({ mark, grounds, least }) =>
    grounds.map((ground) => ({ mark, ground, found: contrast(colour(mark), colour(ground)), least })).filter(({ found }) => found < least),
  );
}
