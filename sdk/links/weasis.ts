import { dicomReference } from './dicom-uid.js';
import { baseAddress, type LinkTemplate } from './link-template.js';

export interface WeasisOptions {
  /** The root of the archive's DICOMweb services, as the reader's machine reaches it. */
  dicomweb: string;
}

/** Opens a study in Weasis, which is installed on the reader's machine and fetches it by DICOMweb. */
export function weasis({ dicomweb }: WeasisOptions): LinkTemplate {
  const base = baseAddress(dicomweb, 'dicomweb');
  // The whole command is encoded, and neither part of it can hold a quotation mark, which would begin another option.
  return (link) => `weasis://${encodeURIComponent(`$dicom:rs --url "${base}" -r "studyUID=${dicomReference(link).study}"`)}`;
}
