/** What hubs send of a study: with a patient's name, which nothing of Parley may keep. */
export function studyEntry(uid: string | null, id = 'e25c1d31'): { key: string; resource: object } {
  const identifier = [
    { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN' }] }, value: 'GH339884' },
    ...(uid === null ? [] : [{ system: 'urn:dicom:uid', value: `urn:oid:${uid}` }]),
  ];
  return {
    key: 'study',
    resource: { resourceType: 'ImagingStudy', id, identifier, status: 'unknown', subject: { reference: 'Patient/503824b8' } },
  };
}

export function reportEntry(id: string): { key: string; resource: object } {
  return { key: 'report', resource: { resourceType: 'DiagnosticReport', id, status: 'unknown' } };
}

export const PATIENT = {
  key: 'patient',
  resource: { resourceType: 'Patient', id: '503824b8', name: [{ family: 'Smith', given: ['John'] }], birthDate: '1978-11-03' },
};
