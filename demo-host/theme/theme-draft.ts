import { COLOURS, SIZES } from './palette.js';

export type Scheme = 'light' | 'dark';
/** As set for everybody, or for those who want more contrast. */
export type Layer = 'usual' | 'more';

type Pair = Record<Scheme, string>;

const PREFERS_MORE = '@media (prefers-contrast: more)';

/** `#abc` as `#aabbcc`, which is what a colour field of a browser takes. */
const whole = (colour: string): string =>
  colour.length === 4 ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour;

function pairOf(value: string): Pair | null {
  const [, light, dark] = /^light-dark\((#\w{3,6}), (#\w{3,6})\)$/.exec(value) ?? [];
  if (light !== undefined && dark !== undefined) return { light: whole(light), dark: whole(dark) };
  return /^#\w{3,6}$/.test(value) ? { light: whole(value), dark: whole(value) } : null;
}

/** What one sets for Parley: begun from a finished theme or from nothing, changed, and written as CSS to copy. */
export class ThemeDraft {
  readonly #colours: Record<Layer, Map<string, Pair>>;
  readonly #others = new Map<string, string>();

  /** `css`: a theme of Parley's; without it Parley as it is. */
  constructor(css = '') {
    const [usual = '', more = ''] = css.replace(/\/\*.*?\*\//gs, '').split(PREFERS_MORE);
    this.#colours = { usual: this.#read(usual), more: this.#read(more) };
  }

  colour(token: string, scheme: Scheme, layer: Layer): string {
    const set = (layer === 'more' ? this.#colours.more.get(token) : undefined) ?? this.#colours.usual.get(token);
    return (set ?? this.#own(token, layer))[scheme];
  }

  setColour(token: string, scheme: Scheme, layer: Layer, value: string): void {
    const pair = { light: this.colour(token, 'light', layer), dark: this.colour(token, 'dark', layer), [scheme]: value };
    this.#colours[layer].set(token, pair);
  }

  /** Of what is no colour; empty where Parley's own holds. */
  other(token: string): string {
    return this.#others.get(token) ?? '';
  }

  setOther(token: string, value: string): void {
    const { usual, unit } = SIZES.find((size) => size.token === token) ?? { usual: '', unit: '' };
    if (value === '' || value === `${String(usual)}${unit}`) this.#others.delete(token);
    else this.#others.set(token, value);
  }

  /** Everything that differs from Parley's own, by the whole names of the properties. */
  declarations(layer: Layer): Map<string, string> {
    const found = new Map<string, string>();
    for (const { token } of COLOURS) {
      const pair = { light: this.colour(token, 'light', layer), dark: this.colour(token, 'dark', layer) };
      const own = this.#own(token, layer);
      if (pair.light === own.light && pair.dark === own.dark) continue;
      found.set(`--parley-${token}`, pair.light === pair.dark ? pair.light : `light-dark(${pair.light}, ${pair.dark})`);
    }
    for (const [token, value] of this.#others) found.set(`--parley-${token}`, value);
    return found;
  }

  css(selector = ':root'): string {
    const usual = this.declarations('usual');
    if (usual.size === 0 && this.#colours.more.size === 0) return '/* Nothing is set: Parley as it is. */\n';
    const more = [...this.declarations('more')].filter(([name, value]) => usual.get(name) !== value);
    const block = (lines: Iterable<[string, string]>, indent: string) =>
      `${indent}${selector} {\n${[...lines].map(([name, value]) => `${indent}  ${name}: ${value};\n`).join('')}${indent}}\n`;
    return block(usual, '') + (more.length === 0 ? '' : `\n${PREFERS_MORE} {\n${block(more, '  ')}}\n`);
  }

  #read(css: string): Map<string, Pair> {
    const colours = new Map<string, Pair>();
    for (const [, token = '', value = ''] of css.matchAll(/--parley-([\w-]+):\s*([^;]+);/g)) {
      const pair = pairOf(value);
      if (pair === null) this.setOther(token, value);
      else colours.set(token, pair);
    }
    return colours;
  }

  #own(token: string, layer: Layer): Pair {
    const colour = COLOURS.find((one) => one.token === token);
    if (!colour) throw new Error(`there is no colour ${token}`);
    return (layer === 'more' ? colour.more : undefined) ?? colour;
  }
}
