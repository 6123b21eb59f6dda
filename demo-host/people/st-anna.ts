import type { DemoPerson, Role } from '../people.js';

const hospital = 'St. Anna Hospital';

export const stAnna: readonly DemoPerson[] = [
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
];

function doctor(id: string, name: string, title: string, organisation: string, role: Role, phone: string): DemoPerson {
  const email = `${id}@st-anna.example`;
  return { id, tenant: 'st-anna', name, title, organisation, role, phone, email, initiate: true, host: 'viewer', chat: 'offered' };
}
