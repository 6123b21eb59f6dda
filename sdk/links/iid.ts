import { dicomReference } from './dicom-uid.js';
import { baseAddress, encoded, invalid, type LinkTemplate } from './link-template.js';

export interface IidOptions {
  /** Where the image display is; `/IHEInvokeImageDisplay` comes after it. */
  display: string;
  /** What the link's `id` is: the study's UID (default), or its accession number. */
  by?: 'study' | 'accession';
  /** Such as `IHE_BIR`, the basic image review; without it the display decides. */
  viewerType?: string;
  /** True: images as for a diagnosis; false: review quality will do. */
  diagnosticQuality?: boolean;
  /** True: the key images only, where a study has some. */
  keyImagesOnly?: boolean;
}

/** Invoke Image Display of IHE (RAD-106), at the level of a study. */
export function iid({ display, by = 'study', viewerType, diagnosticQuality, keyImagesOnly }: IidOptions): LinkTemplate {
  const base = baseAddress(display, 'display');
  if (viewerType !== undefined && !/^[A-Z][A-Z0-9_]*$/.test(viewerType)) throw invalid('viewerType is not a code of IHE');
  const wishes = Object.entries({ viewerType, diagnosticQuality, keyImagesOnly }).flatMap(([name, value]) =>
    value === undefined ? [] : [`&${name}=${value}`],
  );
  return (link) => {
    const study = by === 'study' ? `studyUID=${dicomReference(link).study}` : `accessionNumber=${encoded(accession(link.id))}`;
    return `${base}/IHEInvokeImageDisplay?requestType=STUDY&${study}${wishes.join('')}`;
  };
}

/** DICOM's SH: at most 16 characters, no backslash or control; no comma here, which separates several of them. */
function accession(value: unknown): string {
  if (typeof value !== 'string' || !/^[^\\,\p{Cc}\p{Cf}]{1,16}$/u.test(value) || value.trim() === '')
    throw invalid('id is not an accession number');
  return value;
}
