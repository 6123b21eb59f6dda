import { dicomReference } from './dicom-uid.js';
import { baseAddress, encoded, invalid, type LinkTemplate } from './link-template.js';

export interface OhifOptions {
  /** Where the viewer is, such as `https://viewer.example.org`. */
  viewer: string;
  /** The route of the mode that opens it: `viewer`, unless you have others. */
  mode?: string;
  /** Such as `@ohif/mnGrid`; without it the viewer decides. */
  hangingProtocol?: string;
}

/** Opens a study in OHIF 3 or later, at the series and instance of the link's `context` where it has them. */
export function ohif({ viewer, mode = 'viewer', hangingProtocol }: OhifOptions): LinkTemplate {
  const base = baseAddress(viewer, 'viewer');
  if (!/^[\w-]+(?:\/[\w-]+)*$/.test(mode)) throw invalid('mode is not a route');
  const protocol = hangingProtocol === undefined ? '' : `&hangingprotocolId=${encoded(hangingProtocol)}`;
  return (link) => {
    const { study, series, instance } = dicomReference(link);
    const parts = [
      `StudyInstanceUIDs=${study}`,
      ...(series === undefined ? [] : [`initialSeriesInstanceUID=${series}`]),
      ...(instance === undefined ? [] : [`initialSopInstanceUID=${instance}`]),
    ];
    return `${base}/${mode}?${parts.join('&')}${protocol}`;
  };
}
