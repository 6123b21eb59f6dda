import type { Pictures } from '../studies.js';
import { CT_HEAD, MR_T2, chest, head, knee } from './bodies.js';
import { Noise, radiograph, slice } from './pictures.js';
import type { Grid, Picture } from './pictures.js';

/** One image of a study, ready to be written: stored values, and what they mean. */
export interface StudyImage {
  pixels: Int16Array;
  columns: number;
  rows: number;
  spacing: number;
  thickness: number;
  /** Position of the slice along the body, in mm. */
  height: number;
  /** value = stored * slope + intercept */
  intercept: number;
  window: { centre: number; width: number };
  series: string;
  seriesNumber: number;
}

/** Computes the images of a study, first slice first. */
export function* imagesOf(pictures: Pictures): Generator<StudyImage> {
  switch (pictures.of) {
    case 'chest-ct': {
      const body = chest(pictures);
      const grid: Grid = { columns: 384, rows: 384, spacing: 0.98 };
      yield* stack(pictures.slices, 124, -124, grid, -1024, { centre: 40, width: 400 }, 'Thorax axial', new Noise(pictures.seed), 26, (z) =>
        slice(body, grid, z, -1000),
      );
      return;
    }
    case 'head-ct': {
      const body = head(CT_HEAD, pictures.seed);
      const grid: Grid = { columns: 256, rows: 256, spacing: 0.86 };
      yield* stack(pictures.slices, 78, -52, grid, -1024, { centre: 38, width: 90 }, 'Head axial 5 mm', new Noise(pictures.seed), 5, (z) =>
        slice(body, grid, z, -1000),
      );
      return;
    }
    case 'head-mr': {
      const body = head(MR_T2, pictures.seed);
      const grid: Grid = { columns: 256, rows: 256, spacing: 0.86 };
      yield* stack(pictures.slices, 78, -52, grid, 0, { centre: 420, width: 900 }, 'T2 TSE axial', new Noise(pictures.seed), 40, (z) =>
        slice(body, grid, z, 6),
      );
      return;
    }
    case 'knee-mr': {
      const body = knee(pictures.seed);
      const grid: Grid = { columns: 256, rows: 256, spacing: 0.66 };
      yield* stack(pictures.slices, -38, 38, grid, 0, { centre: 400, width: 820 }, 'PD sagittal', new Noise(pictures.seed), 34, (z) =>
        slice(body, grid, z, 6),
      );
      return;
    }
    case 'chest-xr': {
      const body = chest(pictures);
      const grid: Grid = { columns: 512, rows: 512, spacing: 0.8 };
      for (const [index, view] of pictures.views.entries()) {
        const picture = radiograph(body, grid, view).map((sum) => 2600 * (1 - Math.exp(-sum / 4.2)));
        new Noise(pictures.seed).add(picture, grid.columns, 34, index);
        yield {
          ...grid,
          pixels: stored(picture, 0),
          thickness: 1,
          height: 0,
          intercept: 0,
          window: view === 'front' ? { centre: 1420, width: 1750 } : { centre: 1800, width: 1500 },
          series: view === 'front' ? 'PA' : 'Lateral',
          seriesNumber: index + 1,
        };
      }
    }
  }
}

function* stack(
  slices: number,
  from: number,
  to: number,
  grid: Grid,
  intercept: number,
  window: StudyImage['window'],
  series: string,
  noise: Noise,
  grain: number,
  cut: (z: number) => Picture,
): Generator<StudyImage> {
  const step = (to - from) / (slices - 1);
  for (let index = 0; index < slices; index++) {
    const height = from + index * step;
    const picture = cut(height);
    noise.add(picture, grid.columns, grain, index);
    yield { ...grid, pixels: stored(picture, intercept), thickness: Math.abs(step), height, intercept, window, series, seriesNumber: 1 };
  }
}

function stored(picture: Picture, intercept: number): Int16Array {
  return Int16Array.from(picture, (value) => Math.max(0, Math.round(value - intercept)));
}
