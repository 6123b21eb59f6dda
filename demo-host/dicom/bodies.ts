import { ellipsoid, numbers, vesselTree } from './shapes.js';
import type { Arc, Body, Ellipsoid } from './shapes.js';

const AIR = -1000;
const FAT = -95;
const MUSCLE = 55;
const LUNG = -860;
const BLOOD = 165;
const BONE = 520;
const MARROW = 210;

export interface Chest {
  seed: number;
  /** 1 is a usual build. */
  build: number;
  /** Radius in mm of a nodule in the left lower lobe; 0 for none. */
  nodule: number;
  /** A little fluid at the left base. */
  effusion: boolean;
}

/** A chest from the diaphragm (z = -130 mm) to the clavicles (z = 130 mm), with contrast medium in the vessels. */
export function chest({ seed, build, nodule, effusion }: Chest): Body {
  const random = numbers(seed);
  const w = build;
  const parts: Ellipsoid[] = [
    ellipsoid(0, 0, 0, 178 * w, 122 * w, 900, FAT, AIR),
    ellipsoid(0, 3, 0, 162 * w, 106 * w, 900, MUSCLE, FAT),
    ellipsoid(-122, 72, 80, 46, 26, 90, MUSCLE, FAT, { turn: 30 }),
    ellipsoid(122, 72, 80, 46, 26, 90, MUSCLE, FAT, { turn: -30 }),
    ellipsoid(-76, -6, -8, 66, 84, 158, LUNG, MUSCLE, { turn: -8, grain: 0.8 }),
    ellipsoid(78, -4, -8, 62, 84, 158, LUNG, MUSCLE, { turn: 8, grain: 0.8 }),
    // Mediastinum, heart with its chambers, great vessels.
    ellipsoid(0, 4, 10, 25, 62, 150, 20, LUNG),
    ellipsoid(22, -22, -62, 62, 48, 62, MUSCLE, LUNG, { turn: 28 }),
    ellipsoid(40, -18, -66, 30, 24, 42, BLOOD, MUSCLE, { turn: 28 }),
    ellipsoid(-12, -24, -58, 26, 24, 40, BLOOD - 25, MUSCLE),
    ellipsoid(6, 14, -40, 26, 18, 26, BLOOD, MUSCLE),
    ellipsoid(-8, -22, 26, 15, 15, 46, BLOOD, 20),
    ellipsoid(4, -4, 52, 34, 14, 12, BLOOD, 20, { turn: 38 }),
    ellipsoid(24, 40, -30, 12, 12, 92, BLOOD, 20),
    ellipsoid(14, -14, 22, 16, 12, 14, BLOOD + 20, 20),
    ellipsoid(34, 4, 16, 20, 9, 10, BLOOD + 20, 20, { turn: 20 }),
    ellipsoid(-26, 2, 14, 24, 9, 10, BLOOD + 20, 20, { turn: -12 }),
    ellipsoid(-28, -16, 40, 9, 9, 60, BLOOD + 40, 20),
    ellipsoid(0, 10, 96, 8, 8, 74, AIR, 20, { grain: 0.5 }),
    ellipsoid(-20, 12, 20, 16, 6, 7, AIR, 20, { turn: -10, grain: 0.5 }),
    ellipsoid(20, 14, 18, 16, 5, 6, AIR, 20, { turn: 14, grain: 0.5 }),
    ellipsoid(6, 36, 30, 7, 6, 120, 35, 20),
    // Liver, spleen and stomach below the diaphragm.
    ellipsoid(-74, -4, -150, 78, 86, 72, 105, LUNG),
    ellipsoid(96, 36, -150, 48, 46, 56, 115, LUNG),
    ellipsoid(58, -30, -148, 52, 44, 50, 30, LUNG),
    ellipsoid(58, -48, -132, 24, 16, 14, -700, 30),
  ];
  for (const side of [-1, 1]) {
    const roots = [
      [0.5, 0.2, 0.9],
      [1, -0.4, 0.3],
      [0.8, 0.7, -0.4],
      [0.5, 0.3, -1],
      [0.9, -0.6, -0.4],
    ] as const;
    for (const [x, y, z] of roots) {
      parts.push(...vesselTree(random, { x: side * 38, y: 4, z: 6 }, { x: side * x, y, z }, 32, 5.8, 40, LUNG));
    }
  }
  if (nodule > 0) {
    parts.push(ellipsoid(104, 34, -38, nodule, nodule * 0.9, nodule, 48, LUNG));
    for (let spike = 0; spike < 7; spike++) {
      const angle = (spike / 7) * 2 * Math.PI;
      const reach = nodule * (1 + random() * 0.5);
      parts.push(
        ellipsoid(104 + reach * Math.cos(angle), 34 + reach * Math.sin(angle), -38 + (random() - 0.5) * 8, 3.6, 1.4, 1.6, 10, LUNG, {
          turn: (angle * 180) / Math.PI,
        }),
      );
    }
  }
  if (effusion) parts.push(ellipsoid(92, 66, -78, 44, 22, 44, 8, LUNG, { turn: -24 }));
  parts.push(...spine(24, 58 * w), ...shoulders());
  return { ellipsoids: parts, arcs: ribs(w) };
}

function spine(pitch: number, y: number): Ellipsoid[] {
  const bones: Ellipsoid[] = [];
  for (let z = -156; z <= 156; z += pitch) {
    bones.push(
      ellipsoid(0, y, z, 18, 15, pitch * 0.46, BONE, 20),
      ellipsoid(0, y, z, 15.5, 12.5, pitch * 0.4, MARROW, BONE),
      ellipsoid(-16, y + 22, z - 2, 20, 4, 6, BONE - 80, MUSCLE, { turn: 24 }),
      ellipsoid(16, y + 22, z - 2, 20, 4, 6, BONE - 80, MUSCLE, { turn: -24 }),
      ellipsoid(0, y + 36, z - 6, 3.6, 15, 8, BONE - 80, MUSCLE),
    );
  }
  bones.push(ellipsoid(0, y + 21, 0, 9, 8, 900, 12, MUSCLE), ellipsoid(0, y + 21, 0, 5, 4.5, 900, 38, 12));
  return bones;
}

function shoulders(): Ellipsoid[] {
  const bones: Ellipsoid[] = [ellipsoid(0, -92, 24, 16, 5, 84, BONE - 120, MUSCLE), ellipsoid(0, -92, 24, 13, 3.4, 80, MARROW, BONE - 120)];
  for (const side of [-1, 1]) {
    bones.push(ellipsoid(side * 112, 84, 66, 36, 5, 62, BONE - 60, MUSCLE, { turn: side * -32 }));
    for (let part = 0; part < 12; part++) {
      bones.push(ellipsoid(side * (18 + part * 11), -84 + part * 9, 112 + part * 1.6, 8, 6.5, 6.5, BONE - 60, MUSCLE));
    }
  }
  return bones;
}

function ribs(build: number): Arc[] {
  return Array.from({ length: 11 }, (_, index) => {
    const z = 128 - index * 25;
    const grown = Math.min(1, 0.62 + index * 0.09);
    return {
      centre: { x: 0, y: 6, z },
      halfWidth: 150 * build * grown,
      halfDepth: 96 * build * Math.min(1, 0.72 + index * 0.07),
      slope: 0.34,
      radius: 5.4,
      value: BONE - 60,
      over: MUSCLE,
    };
  });
}

/** Values of the tissues of a head in one sort of picture. */
interface HeadTissues {
  air: number;
  skin: number;
  bone: number;
  fluid: number;
  grey: number;
  white: number;
  lesion: number;
}
export const CT_HEAD: HeadTissues = { air: AIR, skin: 25, bone: 1150, fluid: 6, grey: 39, white: 29, lesion: 68 };
export const MR_T2: HeadTissues = { air: 6, skin: 420, bone: 40, fluid: 900, grey: 470, white: 330, lesion: 780 };

/** A head from the skull base (z = -60) to the vertex (z = 80), with a small lesion in the right hemisphere. */
export function head(t: HeadTissues, seed: number): Body {
  const random = numbers(seed);
  const parts: Ellipsoid[] = [
    ellipsoid(0, 0, 0, 78, 97, 92, t.skin, t.air),
    ellipsoid(0, 0, 0, 72, 91, 86, t.bone, t.skin, { grain: 0.6 }),
    ellipsoid(0, 0, 0, 66, 85, 80, t.fluid, t.bone),
    ellipsoid(0, 0, 0, 63.5, 82, 77, t.grey, t.fluid),
    ellipsoid(-27, 0, 4, 26, 70, 64, t.white, t.grey),
    ellipsoid(27, 0, 4, 26, 70, 64, t.white, t.grey),
  ];
  // Folds: tongues of grey and of fluid between them, all round.
  for (let layer = -64; layer <= 72; layer += 9) {
    const size = Math.sqrt(Math.max(0, 1 - (layer / 80) ** 2));
    for (let fold = 0; fold < 38; fold++) {
      const angle = (fold / 38) * 2 * Math.PI + random() * 0.12;
      const x = Math.cos(angle) * 57 * size;
      const y = Math.sin(angle) * 75 * size;
      const turn = (angle * 180) / Math.PI;
      const deep = 6 + random() * 5;
      parts.push(
        ellipsoid(x, y, layer, deep + 3, 4.2, 5.5, t.grey, t.white, { turn }),
        ellipsoid(x * 1.03, y * 1.03, layer, deep, 1.1, 5, t.fluid, t.grey, { turn }),
      );
    }
  }
  parts.push(
    ellipsoid(0, 0, 20, 0.9, 82, 60, t.fluid, t.grey),
    ellipsoid(-11, -20, 16, 6, 22, 13, t.fluid, t.white, { turn: -14 }),
    ellipsoid(11, -20, 16, 6, 22, 13, t.fluid, t.white, { turn: 14 }),
    ellipsoid(-17, 26, 12, 7, 22, 12, t.fluid, t.white, { turn: 18 }),
    ellipsoid(17, 26, 12, 7, 22, 12, t.fluid, t.white, { turn: -18 }),
    ellipsoid(-12, 2, 8, 9, 14, 10, t.grey, t.white, { turn: 20 }),
    ellipsoid(12, 2, 8, 9, 14, 10, t.grey, t.white, { turn: -20 }),
    ellipsoid(-25, -6, 10, 6, 16, 12, t.grey, t.white, { turn: 12 }),
    ellipsoid(25, -6, 10, 6, 16, 12, t.grey, t.white, { turn: -12 }),
    ellipsoid(0, 2, 4, 2.2, 11, 9, t.fluid, t.grey),
    ellipsoid(-24, 52, -46, 26, 26, 22, t.grey, t.fluid),
    ellipsoid(24, 52, -46, 26, 26, 22, t.grey, t.fluid),
    ellipsoid(0, 26, -50, 15, 17, 28, t.white, t.fluid),
    ellipsoid(0, 38, -48, 7, 5, 9, t.fluid, t.white),
    ellipsoid(-38, -24, 22, 9, 11, 9, t.lesion, t.white, { turn: 20 }),
    ellipsoid(0, -84, -40, 16, 7, 16, t.air, t.bone, { grain: 0.4 }),
    ellipsoid(-36, -76, -52, 17, 17, 17, t.fluid, t.bone),
    ellipsoid(36, -76, -52, 17, 17, 17, t.fluid, t.bone),
    ellipsoid(-58, 22, -50, 9, 11, 10, t.air, t.bone, { grain: 0.4 }),
    ellipsoid(58, 22, -50, 9, 11, 10, t.air, t.bone, { grain: 0.4 }),
  );
  return { ellipsoids: parts, arcs: [] };
}

/**
 * A knee, turned so that its slices are sagittal: x is front (negative) to back, y is up (negative) to down, z is side to side.
 * Signals of a proton-density sequence.
 */
export function knee(seed: number): Body {
  const random = numbers(seed);
  const parts: Ellipsoid[] = [
    ellipsoid(4, 0, 0, 66, 220, 60, 560, 6),
    ellipsoid(34, -70, 0, 25, 66, 40, 235, 560, { turn: 8 }),
    ellipsoid(40, 64, 0, 24, 62, 38, 235, 560, { turn: -6 }),
    ellipsoid(-22, -86, 0, 12, 52, 34, 245, 560, { turn: -10 }),
    ellipsoid(4, -92, 0, 19, 82, 18, 60, 560),
    ellipsoid(4, -92, 0, 16.5, 80, 15.5, 430, 60),
    ellipsoid(6, 100, 0, 18, 84, 17, 60, 560),
    ellipsoid(6, 100, 0, 15.5, 82, 14.5, 430, 60),
  ];
  for (const side of [-22, 22]) {
    parts.push(
      ellipsoid(6, -24, side, 35, 30, 21, 720, 560),
      ellipsoid(6, -26, side, 32, 28, 19, 60, 720),
      ellipsoid(6, -26, side, 31, 27, 18, 440, 60),
      ellipsoid(8, 34, side, 34, 24, 22, 720, 560),
      ellipsoid(8, 36, side, 32.5, 23, 21, 60, 720),
      ellipsoid(8, 36, side, 31.5, 22, 20, 440, 60),
      ellipsoid(-18, 8, side, 11, 3.2, 20, 70, 560, { turn: 12 }),
      ellipsoid(30, 8, side, 11, 3.4, 20, 70, 560, { turn: -14 }),
    );
  }
  parts.push(
    ellipsoid(8, 5, 0, 15, 17, 9, 520, 560),
    ellipsoid(4, 4, 2, 4, 22, 5, 90, 520, { turn: 40 }),
    ellipsoid(16, 6, -4, 4, 18, 5, 60, 520, { turn: -24 }),
    ellipsoid(-43, -26, 0, 11, 22, 18, 700, 560),
    ellipsoid(-45, -26, 0, 9.5, 20.5, 17, 60, 700),
    ellipsoid(-45, -26, 0, 8.5, 19.5, 16, 440, 60),
    ellipsoid(-48, -72, 0, 3.4, 32, 13, 55, 560, { turn: -8 }),
    ellipsoid(-42, 24, 0, 3, 32, 12, 55, 560, { turn: -14 }),
    ellipsoid(-32, 8, 0, 11, 18, 20, 610, 560, { turn: -20 }),
    ellipsoid(-34, -52, 0, 5, 16, 16, 860, 560),
    // Bone bruise and a tear through the rear horn of the medial meniscus.
    ellipsoid(18, 34, 23, 13, 10, 9, 640, 440),
    ellipsoid(31, 8, 23, 6, 0.9, 9, 820, 70, { turn: -46 }),
  );
  for (let strand = 0; strand < 60; strand++) {
    parts.push(
      ellipsoid(-55 + random() * 110, -110 + random() * 220, -40 + random() * 80, 1.2, 9 + random() * 10, 5, 430, 560, {
        turn: random() * 50 - 25,
      }),
    );
  }
  return { ellipsoids: parts, arcs: [] };
}
