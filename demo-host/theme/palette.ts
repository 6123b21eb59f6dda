/** A colour that a host may set, and what Parley takes without: in light, in dark, and where somebody wants more contrast. */
export interface Colour {
  /** Without `--parley-`. */
  token: string;
  label: string;
  light: string;
  dark: string;
  more?: { light: string; dark: string };
}

export const COLOURS: readonly Colour[] = [
  { token: 'surface', label: 'Conversation', light: '#ffffff', dark: '#14181d' },
  { token: 'raised', label: 'Header and list', light: '#f5f7fa', dark: '#1b2027' },
  { token: 'sunken', label: 'Behind', light: '#eceff3', dark: '#0f1216' },
  {
    token: 'line',
    label: 'Lines',
    light: '#d5dbe3',
    dark: '#323a45',
    more: { light: '#7f8b99', dark: '#7c8896' },
  },
  { token: 'edge', label: 'Edges of fields', light: '#7f8b99', dark: '#66727f', more: { light: '#1b2430', dark: '#d9dfe6' } },
  { token: 'ink', label: 'Text', light: '#1b2430', dark: '#d9dfe6' },
  { token: 'ink-2', label: 'Times and hints', light: '#55616f', dark: '#9aa5b1', more: { light: '#333d49', dark: '#c3ccd6' } },
  { token: 'accent', label: 'Accent', light: '#0b62c4', dark: '#6aa9f2' },
  { token: 'on-accent', label: 'Text on the accent', light: '#ffffff', dark: '#0f1216' },
  { token: 'link', label: 'Links', light: '#0b57b0', dark: '#7db4f5' },
  { token: 'bubble', label: 'Messages of others', light: '#f0f3f6', dark: '#20262d' },
  { token: 'own', label: 'Own messages', light: '#e3effc', dark: '#1d2d40' },
  { token: 'unread', label: 'New messages', light: '#dcebff', dark: '#16324f' },
  { token: 'ok', label: 'Went well', light: '#1b7f3b', dark: '#5fbf7f' },
  { token: 'warn', label: 'Wants care', light: '#8a5a00', dark: '#d8a545' },
  { token: 'bad', label: 'Went wrong', light: '#b3261e', dark: '#ef8279' },
  { token: 'presence-available', label: 'Available', light: '#2e9e4f', dark: '#5fbf7f' },
  { token: 'presence-away', label: 'Away', light: '#b97f00', dark: '#d8a545' },
  { token: 'presence-busy', label: 'Busy', light: '#d64533', dark: '#ef8279' },
  { token: 'presence-offline', label: 'Offline', light: '#7a8694', dark: '#9aa5b1' },
];

/** What is no colour, with the range in which it looks well. */
export interface Size {
  token: string;
  label: string;
  /** `px` or nothing. */
  unit: string;
  least: number;
  most: number;
  step: number;
  usual: number;
}

export const SIZES: readonly Size[] = [
  { token: 'font-size', label: 'Size of text', unit: 'px', least: 12, most: 22, step: 1, usual: 14 },
  { token: 'density', label: 'Room (0.5 compact, 1.25 comfortable)', unit: '', least: 0.25, most: 2, step: 0.25, usual: 1 },
  { token: 'radius', label: 'Roundness of buttons', unit: 'px', least: 0, most: 16, step: 1, usual: 6 },
  { token: 'radius-large', label: 'Roundness of messages and menus', unit: 'px', least: 0, most: 24, step: 1, usual: 10 },
];

export const FONTS = [
  { label: "The page's own", value: '' },
  { label: 'Serif', value: 'Georgia, serif' },
  { label: 'Narrow', value: "'Arial Narrow', 'Liberation Sans Narrow', sans-serif" },
  { label: 'Fixed width', value: 'ui-monospace, monospace' },
] as const;
