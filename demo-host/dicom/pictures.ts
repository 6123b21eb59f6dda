import { numbers } from './shapes.js';
import type { Arc, Body, Ellipsoid } from './shapes.js';

export interface Grid {
  columns: number;
  rows: number;
  /** Millimetres from one pixel to the next. */
  spacing: number;
}

/** One picture, in the units of the body's values. */
export type Picture = Float32Array;

/** A cut through the body at a height. Shapes are painted one over the other with an edge as soft as a pixel. */
export function slice(body: Body, grid: Grid, z: number, background: number): Picture {
  const picture = new Float32Array(grid.columns * grid.rows).fill(background);
  for (const shape of body.ellipsoids) paintEllipsoid(picture, grid, shape, z);
  for (const arc of body.arcs) paintArc(picture, grid, arc, z);
  return picture;
}

function paintEllipsoid(picture: Picture, { columns, rows, spacing }: Grid, { at, radii, value, turn = 0 }: Ellipsoid, z: number): void {
  const height = (z - at.z) / radii.z;
  const cut = 1 - height * height;
  if (cut <= 0) return;
  const scale = Math.sqrt(cut);
  const rx = radii.x * scale;
  const ry = radii.y * scale;
  const cos = Math.cos((turn * Math.PI) / 180);
  const sin = Math.sin((turn * Math.PI) / 180);
  const reachX = Math.hypot(rx * cos, ry * sin) + spacing;
  const reachY = Math.hypot(rx * sin, ry * cos) + spacing;
  const toColumn = (x: number) => x / spacing + columns / 2;
  const toRow = (y: number) => y / spacing + rows / 2;
  const left = Math.max(0, Math.floor(toColumn(at.x - reachX)));
  const right = Math.min(columns - 1, Math.ceil(toColumn(at.x + reachX)));
  const top = Math.max(0, Math.floor(toRow(at.y - reachY)));
  const bottom = Math.min(rows - 1, Math.ceil(toRow(at.y + reachY)));
  const size = Math.min(rx, ry);
  for (let row = top; row <= bottom; row++) {
    const y = (row - rows / 2) * spacing - at.y;
    for (let column = left; column <= right; column++) {
      const x = (column - columns / 2) * spacing - at.x;
      const u = (x * cos + y * sin) / rx;
      const v = (y * cos - x * sin) / ry;
      const distance = (1 - Math.sqrt(u * u + v * v)) * size;
      if (distance <= -spacing / 2) continue;
      const index = row * columns + column;
      const cover = Math.min(1, distance / spacing + 0.5);
      picture[index] = (picture[index] ?? 0) * (1 - cover) + value * cover;
    }
  }
}

function paintArc(picture: Picture, { columns, rows, spacing }: Grid, arc: Arc, z: number): void {
  // In a cut, a tilted ring shows where its height is the height of the cut.
  const sides = 300;
  for (let side = 0; side < sides; side++) {
    const angle = (side / sides) * 2 * Math.PI;
    const x = arc.centre.x + Math.cos(angle) * arc.halfWidth;
    const y = arc.centre.y + Math.sin(angle) * arc.halfDepth;
    const height = z - (arc.centre.z + arc.slope * (y - arc.centre.y) - 20);
    if (Math.abs(height) >= arc.radius || (y < arc.centre.y - arc.halfDepth * 0.86 && z < 20)) continue;
    const radius = Math.sqrt(arc.radius ** 2 - height ** 2);
    paintEllipsoid(
      picture,
      { columns, rows, spacing },
      { at: { x, y, z }, radii: { x: radius, y: radius, z: 1 }, value: arc.value, over: arc.over },
      z,
    );
  }
}

/** Rays from the back to the front: what lies along each is added up, as on a radiograph. Brighter is denser. */
export function radiograph(body: Body, grid: Grid, axis: 'front' | 'side'): Picture {
  const { columns, rows, spacing } = grid;
  const picture = new Float32Array(columns * rows);
  for (const shape of body.ellipsoids) {
    const across = axis === 'front' ? 'x' : 'y';
    const along = axis === 'front' ? 'y' : 'x';
    const turn = ((shape.turn ?? 0) * Math.PI) / 180;
    const rx = Math.hypot(shape.radii[across] * Math.cos(turn), shape.radii[along] * Math.sin(turn));
    const depth = (shape.radii.x * shape.radii.y) / rx;
    const gain = attenuation(shape.value) - attenuation(shape.over);
    const rz = shape.radii.z;
    const left = Math.max(0, Math.floor((shape.at[across] - rx) / spacing + columns / 2));
    const right = Math.min(columns - 1, Math.ceil((shape.at[across] + rx) / spacing + columns / 2));
    const top = Math.max(0, Math.floor(rows / 2 - (shape.at.z + rz) / spacing));
    const bottom = Math.min(rows - 1, Math.ceil(rows / 2 - (shape.at.z - rz) / spacing));
    for (let row = top; row <= bottom; row++) {
      const w = ((rows / 2 - row) * spacing - shape.at.z) / rz;
      for (let column = left; column <= right; column++) {
        const u = ((column - columns / 2) * spacing - shape.at[across]) / rx;
        const inside = 1 - u * u - w * w;
        if (inside <= 0) continue;
        const index = row * columns + column;
        picture[index] = (picture[index] ?? 0) + 2 * depth * Math.sqrt(inside) * gain;
      }
    }
  }
  for (const arc of body.arcs) projectArc(picture, grid, arc, axis);
  return picture;
}

/** A tube seen from outside, with the denser rim of a hollow bone. */
function projectArc(picture: Picture, { columns, rows, spacing }: Grid, arc: Arc, axis: 'front' | 'side'): void {
  const gain = attenuation(arc.value) - attenuation(arc.over);
  const wide = axis === 'front' ? arc.halfWidth : arc.halfDepth;
  const deep = axis === 'front' ? arc.halfDepth : arc.halfWidth;
  const centre = axis === 'front' ? arc.centre.x : arc.centre.y;
  for (let column = 0; column < columns; column++) {
    const u = ((column - columns / 2) * spacing - centre) / wide;
    if (Math.abs(u) >= 1) continue;
    const away = deep * Math.sqrt(1 - u * u);
    for (const side of [-1, 1]) {
      const y = axis === 'front' ? side * away : u * wide;
      const front = axis === 'front' && side < 0;
      if (front && Math.abs(u) < 0.42) continue;
      const z = arc.centre.z + arc.slope * y - 20;
      const steep = Math.min(4, 1 / Math.max(0.2, Math.sqrt(1 - u * u)));
      const reach = arc.radius * 1.25;
      const top = Math.max(0, Math.floor(rows / 2 - (z + reach) / spacing));
      const bottom = Math.min(rows - 1, Math.ceil(rows / 2 - (z - reach) / spacing));
      for (let row = top; row <= bottom; row++) {
        const height = ((rows / 2 - row) * spacing - z) / reach;
        const inside = 1 - height * height;
        if (inside <= 0) continue;
        const index = row * columns + column;
        const rim = 0.55 + 0.45 * Math.abs(height);
        picture[index] = (picture[index] ?? 0) + gain * arc.radius * 4.2 * steep * Math.sqrt(inside) * rim * (front ? 0.6 : 1);
      }
    }
  }
}

/** Linear attenuation from Hounsfield units, in units of water per mm. */
const attenuation = (value: number) => Math.max(0, 1 + value / 1000) * 0.02;

/** Noise with the grain of a scanner: neighbours are alike. Made once and read at another place for every picture. */
export class Noise {
  readonly #tile: Float32Array;
  readonly #size = 256;

  constructor(seed: number) {
    const random = numbers(seed);
    const size = this.#size;
    const raw = Float32Array.from({ length: size * size }, () => random() + random() + random() - 1.5);
    this.#tile = raw.map((_, index) => {
      const at = (offset: number) => raw[(index + offset + raw.length) % raw.length] ?? 0;
      return (at(0) * 2 + at(1) + at(-1) + at(size) + at(-size)) / 3.2;
    });
  }

  add(picture: Picture, columns: number, strength: number, shift: number): void {
    const size = this.#size;
    for (let index = 0; index < picture.length; index++) {
      const column = (index % columns) + shift * 37;
      const row = Math.floor(index / columns) + shift * 91;
      picture[index] = (picture[index] ?? 0) + strength * (this.#tile[(row % size) * size + (column % size)] ?? 0);
    }
  }
}
