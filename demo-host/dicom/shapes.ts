/** Where something is in a body, in millimetres: x to the patient's left, y to the back, z to the head. */
export interface Point {
  x: number;
  y: number;
  z: number;
}

/**
 * An ellipsoid of one tissue. `value` is what it shows (Hounsfield units for CT, signal for MR) and `over` what was there before
 * it: a radiograph adds up the differences along the ray.
 */
export interface Ellipsoid {
  at: Point;
  radii: Point;
  value: number;
  over: number;
  /** Turn about the z axis, in degrees. */
  turn?: number;
  /** How strongly the noise of the picture shows in it, 1 by default. */
  grain?: number;
}

/** A tube along a tilted ellipse: a rib. */
export interface Arc {
  centre: Point;
  halfWidth: number;
  halfDepth: number;
  /** How much it sinks from back to front, in mm per mm. */
  slope: number;
  radius: number;
  value: number;
  over: number;
}

export interface Body {
  ellipsoids: Ellipsoid[];
  arcs: Arc[];
}

/** Numbers that look random and are the same at every run: the same body gives the same files. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function ellipsoid(
  x: number,
  y: number,
  z: number,
  rx: number,
  ry: number,
  rz: number,
  value: number,
  over: number,
  more: Partial<Ellipsoid> = {},
): Ellipsoid {
  return { at: { x, y, z }, radii: { x: rx, y: ry, z: rz }, value, over, ...more };
}

/** A vessel that divides: beads along each branch, thinner at every fork. */
export function vesselTree(
  random: () => number,
  from: Point,
  direction: Point,
  length: number,
  radius: number,
  value: number,
  over: number,
): Ellipsoid[] {
  const beads: Ellipsoid[] = [];
  const grow = (start: Point, heading: Point, reach: number, thickness: number) => {
    if (thickness < 0.55) return;
    const size = Math.hypot(heading.x, heading.y, heading.z) || 1;
    const step = { x: heading.x / size, y: heading.y / size, z: heading.z / size };
    const count = Math.ceil(reach / (thickness * 0.9));
    let end = start;
    for (let i = 1; i <= count; i++) {
      const along = (reach * i) / count;
      end = { x: start.x + step.x * along, y: start.y + step.y * along, z: start.z + step.z * along };
      const r = thickness * (1 - (0.25 * i) / count);
      beads.push(ellipsoid(end.x, end.y, end.z, r, r, r, value, over));
    }
    for (let fork = 0; fork < 2; fork++) {
      const bend = () => (random() - 0.5) * 1.5;
      grow(end, { x: step.x + bend(), y: step.y + bend(), z: step.z + bend() }, reach * 0.74, thickness * 0.68);
    }
  };
  grow(from, direction, length, radius);
  return beads;
}
