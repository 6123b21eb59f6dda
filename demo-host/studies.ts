import type { DemoPerson } from './people.js';

/** What is in the archive. All patients are invented; the pictures are computed (dicom/). */
export interface Study {
  uid: string;
  tenant: DemoPerson['tenant'];
  patient: { id: string; name: string; birth: string; sex: 'F' | 'M' };
  accession: string;
  modality: 'CT' | 'MR' | 'XR';
  description: string;
  /** Local date and time of the hospital, `YYYY-MM-DDTHH:MM`. */
  at: string;
  /** Id of the referring person. */
  referrer: string;
  priority: 'routine' | 'urgent';
  status: 'unread' | 'reported';
  indication: string;
  pictures: Pictures;
}

/** Which computed pictures a study has. */
export type Pictures =
  | { of: 'chest-ct'; seed: number; build: number; nodule: number; effusion: boolean; slices: number }
  | { of: 'chest-xr'; seed: number; build: number; nodule: number; effusion: boolean; views: ('front' | 'side')[] }
  | { of: 'head-ct' | 'head-mr'; seed: number; slices: number }
  | { of: 'knee-mr'; seed: number; slices: number };

/** Below 2.25, where anybody may make UIDs (DICOM PS3.5 B.2); fixed, so that links in stored conversations stay right. */
const uid = (last: string) => `2.25.3141592653589793238462643383279${last}`;

const erika = { id: 'EX-20418', name: 'Example, Erika', birth: '1961-03-14', sex: 'F' } as const;
const otto = { id: 'EX-11730', name: 'Sample, Otto', birth: '1948-09-02', sex: 'M' } as const;
const tessa = { id: 'EX-33054', name: 'Tester, Tessa', birth: '1989-06-21', sex: 'F' } as const;
const max = { id: 'EX-40912', name: 'Placeholder, Max', birth: '1975-12-05', sex: 'M' } as const;
const paula = { id: 'EX-50077', name: 'Pretend, Paula', birth: '2001-01-30', sex: 'F' } as const;
const fred = { id: 'NR-00319', name: 'Fictitious, Fred', birth: '1957-07-19', sex: 'M' } as const;
const mary = { id: 'NR-00846', name: 'Madeup, Mary', birth: '1943-04-08', sex: 'F' } as const;

export const studies: readonly Study[] = [
  {
    uid: uid('01'),
    tenant: 'st-anna',
    patient: erika,
    accession: 'A-26-118204',
    modality: 'CT',
    description: 'CT Thorax with contrast',
    at: '2026-11-20T14:32',
    referrer: 'mark',
    priority: 'urgent',
    status: 'unread',
    indication: 'Cough for six weeks, shadow on the chest film.',
    pictures: { of: 'chest-ct', seed: 7, build: 1, nodule: 11, effusion: true, slices: 30 },
  },
  {
    uid: uid('02'),
    tenant: 'st-anna',
    patient: erika,
    accession: 'A-26-118150',
    modality: 'XR',
    description: 'Chest, two views',
    at: '2026-11-20T09:05',
    referrer: 'mark',
    priority: 'routine',
    status: 'reported',
    indication: 'Cough for six weeks.',
    pictures: { of: 'chest-xr', seed: 7, build: 1, nodule: 11, effusion: true, views: ['front', 'side'] },
  },
  {
    uid: uid('03'),
    tenant: 'st-anna',
    patient: otto,
    accession: 'A-26-118231',
    modality: 'CT',
    description: 'CT Head without contrast',
    at: '2026-11-20T15:10',
    referrer: 'leila',
    priority: 'urgent',
    status: 'unread',
    indication: 'Sudden weakness of the left arm, 14:20.',
    pictures: { of: 'head-ct', seed: 21, slices: 22 },
  },
  {
    uid: uid('04'),
    tenant: 'st-anna',
    patient: otto,
    accession: 'A-26-118240',
    modality: 'MR',
    description: 'MR Brain T2',
    at: '2026-11-20T16:48',
    referrer: 'leila',
    priority: 'urgent',
    status: 'unread',
    indication: 'Lesion right frontal on CT.',
    pictures: { of: 'head-mr', seed: 21, slices: 22 },
  },
  {
    uid: uid('05'),
    tenant: 'st-anna',
    patient: tessa,
    accession: 'A-26-117988',
    modality: 'MR',
    description: 'MR Knee right, sagittal PD',
    at: '2026-11-19T11:20',
    referrer: 'tomas',
    priority: 'routine',
    status: 'unread',
    indication: 'Twisted at football, blocked extension.',
    pictures: { of: 'knee-mr', seed: 5, slices: 20 },
  },
  {
    uid: uid('06'),
    tenant: 'st-anna',
    patient: max,
    accession: 'A-26-117820',
    modality: 'XR',
    description: 'Chest, one view',
    at: '2026-11-19T08:41',
    referrer: 'priya',
    priority: 'routine',
    status: 'reported',
    indication: 'Before operation.',
    pictures: { of: 'chest-xr', seed: 12, build: 1.06, nodule: 0, effusion: false, views: ['front'] },
  },
  {
    uid: uid('07'),
    tenant: 'st-anna',
    patient: paula,
    accession: 'A-26-117795',
    modality: 'CT',
    description: 'CT Head without contrast',
    at: '2026-11-18T22:17',
    referrer: 'mark',
    priority: 'routine',
    status: 'reported',
    indication: 'Fall from a bicycle.',
    pictures: { of: 'head-ct', seed: 34, slices: 16 },
  },
  {
    uid: uid('08'),
    tenant: 'st-anna',
    patient: erika,
    accession: 'A-25-090113',
    modality: 'CT',
    description: 'CT Thorax (prior)',
    at: '2025-05-06T10:12',
    referrer: 'priya',
    priority: 'routine',
    status: 'reported',
    indication: 'Follow-up.',
    pictures: { of: 'chest-ct', seed: 7, build: 1, nodule: 4, effusion: false, slices: 14 },
  },
  {
    uid: uid('09'),
    tenant: 'north-region',
    patient: fred,
    accession: 'N-26-00412',
    modality: 'CT',
    description: 'CT Thorax with contrast',
    at: '2026-11-20T13:02',
    referrer: 'amara',
    priority: 'urgent',
    status: 'unread',
    indication: 'Sudden shortness of breath.',
    pictures: { of: 'chest-ct', seed: 88, build: 1.04, nodule: 0, effusion: true, slices: 14 },
  },
  {
    uid: uid('10'),
    tenant: 'north-region',
    patient: mary,
    accession: 'N-26-00398',
    modality: 'XR',
    description: 'Chest, one view',
    at: '2026-11-20T07:55',
    referrer: 'henrik',
    priority: 'routine',
    status: 'unread',
    indication: 'Fever since Monday.',
    pictures: { of: 'chest-xr', seed: 90, build: 0.95, nodule: 0, effusion: false, views: ['front'] },
  },
];

const byUid = new Map(studies.map((study) => [study.uid, study]));

export function findStudy(uid: string): Study | undefined {
  return byUid.get(uid);
}

/**
 * Radiology sees its tenant's archive; whoever asked for an examination sees that one, and the earlier ones of the same patient.
 * This is the host's own rule: Parley never learns it, it only asks `resolve()` and shows the answer.
 */
export function maySee(person: DemoPerson, study: Study): boolean {
  if (person.tenant !== study.tenant) return false;
  if (person.role === 'radiologist' || person.title === 'Radiographer' || person.role === 'student') return true;
  return studies.some((other) => other.referrer === person.id && other.patient.id === study.patient.id);
}
