import { existsSync } from 'node:fs';
import { viewerFiles } from '../../../demo-host/ohif/viewer-package.js';
import { ensureProgram, findProgram } from '../../support/packages.js';

const DICOM_WEB = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** Installs the archive and fetches the viewer where they are missing; says why not when one of them cannot be had, else null. */
export async function whatIsMissing(): Promise<string | null> {
  try {
    ensureProgram({ title: 'Orthanc', package: 'orthanc', find: () => findProgram(['Orthanc'], ['/usr/sbin']) });
    ensureProgram({ title: 'DICOMweb of Orthanc', package: 'orthanc-dicomweb', find: () => (existsSync(DICOM_WEB) ? DICOM_WEB : null) });
    await viewerFiles(console.log);
    return null;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
