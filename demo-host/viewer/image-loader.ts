import { Enums, imageLoader, metaData } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import { parseDicom } from 'dicom-parser';

/** Image ids are `dicom:` and the address of a file with one uncompressed image. */
const SCHEME = 'dicom';
export const imageIdOf = (address: string) => `${SCHEME}:${address}`;

/** What Cornerstone asks for by name when it places an image. */
const modules = new Map<string, Record<string, object>>();

export function registerDicomLoader(): void {
  imageLoader.registerImageLoader(SCHEME, (imageId) => ({ promise: load(imageId) }));
  metaData.addProvider((type: string, imageId: string) => modules.get(imageId)?.[type]);
}

async function load(imageId: string): Promise<Types.IImage> {
  const response = await fetch(imageId.slice(SCHEME.length + 1));
  if (!response.ok) throw new Error(`the image was refused: ${String(response.status)}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const file = parseDicom(bytes);
  const number = (tag: string, index = 0) => file.floatString(tag, index) ?? 0;
  const triple = (tag: string, from = 0): Types.Point3 => [number(tag, from), number(tag, from + 1), number(tag, from + 2)];
  const rows = file.uint16('x00280010') ?? 0;
  const columns = file.uint16('x00280011') ?? 0;
  const data = file.elements['x7fe00010'];
  if (!data || data.length < rows * columns * 2) throw new Error('the file has no whole image');
  // A copy, because a 16-bit view must begin at an even address.
  const pixels = new Uint16Array(bytes.slice(data.dataOffset, data.dataOffset + rows * columns * 2).buffer);
  let least = 65_535;
  let most = 0;
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const [rowSpacing, columnSpacing] = [number('x00280030', 0), number('x00280030', 1)];
  const orientation = [...triple('x00200037'), ...triple('x00200037', 3)];
  modules.set(imageId, {
    [Enums.MetadataModules.IMAGE_PIXEL]: {
      samplesPerPixel: 1,
      photometricInterpretation: 'MONOCHROME2',
      rows,
      columns,
      bitsAllocated: 16,
      bitsStored: 16,
      highBit: 15,
      pixelRepresentation: 0,
    },
    [Enums.MetadataModules.IMAGE_PLANE]: {
      frameOfReferenceUID: file.string('x00200052'),
      rows,
      columns,
      imageOrientationPatient: orientation,
      rowCosines: orientation.slice(0, 3),
      columnCosines: orientation.slice(3),
      imagePositionPatient: triple('x00200032'),
      rowPixelSpacing: rowSpacing,
      columnPixelSpacing: columnSpacing,
    },
    [Enums.MetadataModules.GENERAL_SERIES]: { modality: file.string('x00080060'), seriesInstanceUID: file.string('x0020000e') },
  });
  return {
    imageId,
    minPixelValue: least,
    maxPixelValue: most,
    slope: number('x00281053') || 1,
    intercept: number('x00281052'),
    windowCenter: number('x00281050'),
    windowWidth: number('x00281051'),
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR,
    getPixelData: () => pixels,
    getCanvas: () => document.createElement('canvas'),
    rows,
    columns,
    height: rows,
    width: columns,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    columnPixelSpacing: columnSpacing,
    rowPixelSpacing: rowSpacing,
    invert: false,
    photometricInterpretation: 'MONOCHROME2',
    dataType: 'Uint16Array',
    sizeInBytes: pixels.byteLength,
    imageFrame: { pixelData: pixels },
  } as unknown as Types.IImage;
}
