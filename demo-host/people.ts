/** What somebody does here; it decides what they may open. */
export type Role = 'radiologist' | 'physician' | 'nurse' | 'coordinator' | 'dispatcher' | 'student';

export interface DemoPerson {
  id: string;
  tenant: 'st-anna' | 'north-region';
  name: string;
  title: string;
  organisation: string;
  role: Role;
  phone: string;
  /** May start conversations; taking part is never restricted. */
  initiate: boolean;
  /** The host that suits the work. */
  host: 'viewer' | 'dashboard';
  /** A program, not a person at a page. */
  headless?: true;
}

const hospital = 'St. Anna Hospital';
const region = 'North Region Coordination Centre';

/** Everybody is invented. Two tenants: nothing of Parley crosses from one to the other. */
export const people: readonly DemoPerson[] = [
  doctor('anna', 'Dr Anna Berg', 'Consultant radiologist', `${hospital}, Radiology`, 'radiologist', '4101'),
  doctor('mark', 'Dr Mark Lee', 'Senior physician', `${hospital}, Emergency`, 'physician', '4210'),
  {
    ...doctor('sam', 'Sam Okafor', 'On-call radiologist (demo colleague)', `${hospital}, Radiology`, 'radiologist', '4100'),
    headless: true,
  },
  doctor('ines', 'Dr Inês Carvalho', 'Neuroradiologist', `${hospital}, Radiology`, 'radiologist', '4103'),
  doctor('jonas', 'Dr Jonas Lindqvist', 'Resident in radiology', `${hospital}, Radiology`, 'radiologist', '4107'),
  doctor('priya', 'Dr Priya Raman', 'Pulmonologist', `${hospital}, Pulmonology`, 'physician', '4330'),
  doctor('tomas', 'Dr Tomáš Novák', 'Orthopaedic surgeon', `${hospital}, Orthopaedics`, 'physician', '4415'),
  doctor('leila', 'Dr Leila Haddad', 'Neurologist', `${hospital}, Stroke Unit`, 'physician', '4520'),
  { ...doctor('greta', 'Greta Sommer', 'Radiographer', `${hospital}, CT`, 'nurse', '4120'), host: 'viewer' },
  { ...doctor('noor', 'Noor van Dijk', 'Ward nurse', `${hospital}, Ward 4 East`, 'nurse', '4604'), host: 'dashboard' },
  { ...doctor('felix', 'Felix Baumann', 'Bed coordinator', `${hospital}, Admission`, 'coordinator', '4001'), host: 'dashboard' },
  { ...doctor('mia', 'Mia Keller', 'Medical student', `${hospital}, Radiology`, 'student', '4199'), initiate: false },

  officer('olga', 'Olga Petrenko', 'Senior dispatcher', region, 'dispatcher', '7001'),
  officer('david', 'David Mensah', 'Dispatcher', region, 'dispatcher', '7002'),
  officer('sofia', 'Sofia Marino', 'Duty officer', region, 'coordinator', '7010'),
  { ...officer('alex', 'Alex Rivera', 'Regional bed desk (demo colleague)', region, 'coordinator', '7000'), headless: true },
  officer('henrik', 'Henrik Dahl', 'Emergency nurse in charge', 'Fjordside General', 'nurse', '7120'),
  officer('amara', 'Amara Diallo', 'Emergency physician', 'Kingsmere University Hospital', 'physician', '7230'),
  officer('ruth', 'Ruth Adler', 'Bed manager', 'Marienhof Clinic', 'coordinator', '7344'),
  { ...officer('yuki', 'Dr Yuki Tanaka', 'Teleradiologist', 'North Region Teleradiology', 'radiologist', '7505'), host: 'viewer' },
  { ...officer('ben', 'Ben Carter', 'Ambulance crew', 'North Region Ambulance', 'nurse', '7611'), initiate: false },
];

const byId = new Map(people.map((person) => [person.id, person]));

export function findPerson(id: string): DemoPerson | undefined {
  return byId.get(id);
}

/** The program that answers for a tenant. */
export function colleagueOf(tenant: DemoPerson['tenant']): DemoPerson {
  const found = people.find((person) => person.tenant === tenant && person.headless);
  if (!found) throw new Error(`no colleague in ${tenant}`);
  return found;
}

function doctor(id: string, name: string, title: string, organisation: string, role: Role, phone: string): DemoPerson {
  return { id, tenant: 'st-anna', name, title, organisation, role, phone, initiate: true, host: 'viewer' };
}

function officer(id: string, name: string, title: string, organisation: string, role: Role, phone: string): DemoPerson {
  return { id, tenant: 'north-region', name, title, organisation, role, phone, initiate: true, host: 'dashboard' };
}
