import type { DemoPerson, Role } from './people.js';

export type ResourceStatus = 'open' | 'limited' | 'diverting' | 'closed';

/** Something that takes patients: a hospital of the region, or a unit of a hospital. All invented. */
export interface Resource {
  id: string;
  tenant: DemoPerson['tenant'];
  name: string;
  site: string;
  sort: string;
  status: ResourceStatus;
  beds: { free: number; total: number };
  /** Minutes from the door to a physician. */
  waiting: number | null;
  comment: string;
  /** Minutes before the host was started. */
  updatedAgo: number;
  /** Ids of the people to ask, the first one first. */
  contacts: string[];
  /** Only these roles may see it; everybody of the tenant otherwise. */
  only?: Role[];
}

export const resources: readonly Resource[] = [
  region(
    'fjordside-ed',
    'Fjordside General',
    'Fjordside',
    'Emergency department',
    'limited',
    3,
    24,
    55,
    'Two trauma bays in use until 18:00. Minor injuries to Marienhof.',
    4,
    ['henrik', 'alex'],
  ),
  region(
    'kingsmere-ed',
    'Kingsmere University Hospital',
    'Kingsmere',
    'Emergency department',
    'open',
    11,
    42,
    20,
    'Cath lab free. Helipad usable.',
    2,
    ['amara', 'alex'],
  ),
  region(
    'kingsmere-icu',
    'Kingsmere University Hospital',
    'Kingsmere',
    'Intensive care',
    'limited',
    1,
    18,
    null,
    'One ventilated bed held for transfer from Ostra.',
    9,
    ['amara', 'sofia'],
  ),
  region('marienhof-ed', 'Marienhof Clinic', 'Marienhof', 'Emergency department', 'open', 7, 16, 15, '', 12, ['ruth']),
  region('marienhof-geri', 'Marienhof Clinic', 'Marienhof', 'Geriatrics', 'open', 5, 30, null, 'Admissions until 20:00.', 41, ['ruth']),
  region(
    'ostra-ed',
    'Ostra District Hospital',
    'Ostra',
    'Emergency department',
    'diverting',
    0,
    14,
    140,
    'CT down since 13:05, stroke and trauma to Kingsmere. Technician on the way.',
    1,
    ['sofia', 'alex'],
  ),
  region('ostra-icu', 'Ostra District Hospital', 'Ostra', 'Intensive care', 'closed', 0, 8, null, 'Full. Next review 17:30.', 16, [
    'sofia',
  ]),
  region('harbour-burns', 'Harbour Hospital', 'Port', 'Burns unit', 'open', 2, 6, null, '', 63, ['sofia']),
  region('harbour-ed', 'Harbour Hospital', 'Port', 'Emergency department', 'limited', 2, 20, 70, 'Short of staff in triage.', 7, [
    'alex',
    'david',
  ]),
  region(
    'harbour-iso',
    'Harbour Hospital',
    'Port',
    'High isolation',
    'open',
    2,
    2,
    null,
    'By order of the duty officer only.',
    180,
    ['sofia'],
    ['dispatcher', 'coordinator'],
  ),
  region('air-1', 'Rescue helicopter North 1', 'Kingsmere', 'Air rescue', 'open', 1, 1, null, 'Ready, day visual flight.', 22, [
    'olga',
    'david',
  ]),
  region('air-2', 'Rescue helicopter North 2', 'Port', 'Air rescue', 'closed', 0, 1, null, 'In maintenance until Monday.', 340, ['olga']),

  make('south-region', [
    'lakeview-ed',
    'Lakeview Hospital',
    'Lakeview',
    'Emergency department',
    'open',
    9,
    26,
    25,
    'Paediatrics with own entrance.',
    5,
    ['olga'],
  ]),
  make('south-region', ['lakeview-icu', 'Lakeview Hospital', 'Lakeview', 'Intensive care', 'limited', 2, 12, null, '', 19, ['sofia']]),
  make('south-region', [
    'birchfield-ed',
    'Birchfield Clinic',
    'Birchfield',
    'Emergency department',
    'diverting',
    0,
    10,
    110,
    'Power on generator until 19:00, ambulances to Lakeview.',
    8,
    ['sofia', 'olga'],
  ]),
  make('south-region', [
    'air-3',
    'Rescue helicopter South',
    'Lakeview',
    'Air rescue',
    'open',
    1,
    1,
    null,
    'Night flight possible.',
    30,
    ['olga'],
  ]),

  unit('anna-ed', 'Emergency department', 'House A', 'Emergency', 'limited', 4, 22, 50, 'Second resuscitation room free.', 3, [
    'mark',
    'felix',
  ]),
  unit('anna-icu', 'Intensive care', 'House A', 'Intensive care', 'limited', 1, 14, null, 'One bed after 17:00 if the transfer goes.', 11, [
    'felix',
  ]),
  unit('anna-stroke', 'Stroke unit', 'House B', 'Neurology', 'open', 3, 8, null, '', 18, ['leila', 'felix']),
  unit('anna-4e', 'Ward 4 East', 'House B', 'Internal medicine', 'open', 6, 28, null, 'Two isolation rooms.', 25, ['noor']),
  unit('anna-ortho', 'Orthopaedics', 'House C', 'Surgery', 'diverting', 0, 24, null, 'Water damage in rooms 12 to 18.', 6, [
    'tomas',
    'felix',
  ]),
  unit('anna-ct', 'CT 1 and CT 2', 'House A', 'Radiology', 'open', 2, 2, 10, 'CT 2 back in service.', 32, ['greta', 'sam']),
  unit('anna-mr', 'MR', 'House A', 'Radiology', 'limited', 1, 1, 35, 'Next free slot 17:15.', 14, ['greta', 'ines']),
  unit(
    'anna-or',
    'Operating theatres',
    'House A',
    'Surgery',
    'limited',
    1,
    7,
    null,
    'Theatre 3 for emergencies.',
    8,
    ['felix'],
    ['physician', 'coordinator', 'radiologist'],
  ),
];

export function findResource(id: string): Resource | undefined {
  return resources.find((resource) => resource.id === id);
}

/** The host's own rule, like that of studies. */
export function maySeeResource(person: DemoPerson, resource: Resource): boolean {
  return person.tenant === resource.tenant && (resource.only === undefined || resource.only.includes(person.role));
}

type Values = [
  id: string,
  name: string,
  site: string,
  sort: string,
  status: ResourceStatus,
  free: number,
  total: number,
  waiting: number | null,
  comment: string,
  updatedAgo: number,
  contacts: string[],
  only?: Role[],
];

function region(...values: Values): Resource {
  return make('north-region', values);
}

function unit(...values: Values): Resource {
  return make('st-anna', values);
}

function make(
  tenant: DemoPerson['tenant'],
  [id, name, site, sort, status, free, total, waiting, comment, updatedAgo, contacts, only]: Values,
): Resource {
  return { id, tenant, name, site, sort, status, beds: { free, total }, waiting, comment, updatedAgo, contacts, ...(only ? { only } : {}) };
}
