import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Study } from '../studies.js';
import { studies } from '../studies.js';
import type { StudyImage } from './study-pictures.js';

/** Another number makes new files at the next start: raise it when the pictures change. */
const VERSION = 1;

const SOP_CLASS = { CT: '1.2.840.10008.5.1.4.1.1.2', MR: '1.2.840.10008.5.1.4.1.1.4', XR: '1.2.840.10008.5.1.4.1.1.1.1' } as const;
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** How many images a study has, without computing them. */
export function imageCount({ pictures }: Study): number {
  return 'slices' in pictures ? pictures.slices : pictures.views.length;
}

export function imagePath(archive: string, study: Study, index: number): string {
  return path.join(archive, study.uid, `${String(index + 1).padStart(3, '0')}.dcm`);
}

/**
 * The folder with the DICOM files below `data`; computed at the first start and kept.
 * It appears under its name when it is whole, so that a start that was interrupted is done again.
 */
export async function dicomArchive(data: string, wanted: readonly Study[] = studies): Promise<string> {
  const archive = path.join(data, `demo-images-${String(VERSION)}`);
  const there = await access(archive).then(
    () => true,
    () => false,
  );
  if (there) return archive;
  const { imagesOf } = await import('./study-pictures.js');
  const part = `${archive}.part`;
  await rm(part, { recursive: true, force: true });
  for (const study of wanted) {
    await mkdir(path.join(part, study.uid), { recursive: true });
    let index = 0;
    for (const image of imagesOf(study.pictures)) {
      await writeFile(imagePath(part, study, index), await dicomFile(study, image, index));
      index++;
    }
  }
  await rename(part, archive);
  return archive;
}

async function dicomFile(study: Study, image: StudyImage, index: number): Promise<Uint8Array> {
  const { data } = await import('dcmjs');
  const instance = `${study.uid}.${String(image.seriesNumber)}.${String(index + 1)}`;
  const [date = '', time = ''] = study.at.split('T');
  const compact = (text: string) => text.replace(/[-:]/g, '');
  const dataset = {
    SpecificCharacterSet: 'ISO_IR 192',
    ImageType: ['DERIVED', 'PRIMARY'],
    SOPClassUID: SOP_CLASS[study.modality],
    SOPInstanceUID: instance,
    StudyDate: compact(date),
    StudyTime: `${compact(time)}00`,
    AccessionNumber: study.accession,
    Modality: study.modality === 'XR' ? 'DX' : study.modality,
    Manufacturer: 'Computed for demonstration',
    StudyDescription: study.description,
    SeriesDescription: image.series,
    PatientName: study.patient.name.replace(', ', '^'),
    PatientID: study.patient.id,
    PatientBirthDate: compact(study.patient.birth),
    PatientSex: study.patient.sex,
    SliceThickness: image.thickness.toFixed(2),
    StudyInstanceUID: study.uid,
    SeriesInstanceUID: `${study.uid}.${String(image.seriesNumber)}`,
    SeriesNumber: String(image.seriesNumber),
    InstanceNumber: String(index + 1),
    ImagePositionPatient: [(-image.columns / 2) * image.spacing, (-image.rows / 2) * image.spacing, image.height].map((value) =>
      value.toFixed(2),
    ),
    ImageOrientationPatient: ['1', '0', '0', '0', '1', '0'],
    FrameOfReferenceUID: `${study.uid}.0`,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: image.rows,
    Columns: image.columns,
    PixelSpacing: [image.spacing.toFixed(4), image.spacing.toFixed(4)],
    BitsAllocated: 16,
    BitsStored: 16,
    HighBit: 15,
    PixelRepresentation: 0,
    WindowCenter: String(image.window.centre),
    WindowWidth: String(image.window.width),
    RescaleIntercept: String(image.intercept),
    RescaleSlope: '1',
    PixelData: [image.pixels.buffer],
    _vrMap: { PixelData: 'OW' },
  };
  const file = new data.DicomDict({
    '00020010': { vr: 'UI', Value: [EXPLICIT_LITTLE_ENDIAN] },
    '00020002': { vr: 'UI', Value: [dataset.SOPClassUID] },
    '00020003': { vr: 'UI', Value: [instance] },
  });
  file.dict = data.DicomMetaDictionary.denaturalizeDataset(dataset);
  return new Uint8Array(file.write());
}
