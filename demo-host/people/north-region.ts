import type { DemoPerson, Role } from '../people.js';

const region = 'North Region Coordination Centre';

export const northRegion: readonly DemoPerson[] = [
  { ...officer('olga', 'Olga Petrenko', 'Senior dispatcher', region, 'dispatcher', '7001'), alsoIn: ['south-region'] },
  officer('david', 'David Mensah', 'Dispatcher', region, 'dispatcher', '7002'),
  { ...officer('sofia', 'Sofia Marino', 'Duty officer', region, 'coordinator', '7010'), alsoIn: ['south-region'] },
  { ...officer('alex', 'Alex Rivera', 'Regional bed desk (demo colleague)', region, 'coordinator', '7000'), headless: true },
  officer('henrik', 'Henrik Dahl', 'Emergency nurse in charge', 'Fjordside General', 'nurse', '7120'),
  officer('amara', 'Amara Diallo', 'Emergency physician', 'Kingsmere University Hospital', 'physician', '7230'),
  officer('ruth', 'Ruth Adler', 'Bed manager', 'Marienhof Clinic', 'coordinator', '7344'),
  { ...officer('yuki', 'Dr Yuki Tanaka', 'Teleradiologist', 'North Region Teleradiology', 'radiologist', '7505'), host: 'viewer' },
  { ...officer('ben', 'Ben Carter', 'Ambulance crew', 'North Region Ambulance', 'nurse', '7611'), initiate: false },
];

function officer(id: string, name: string, title: string, organisation: string, role: Role, phone: string): DemoPerson {
  const email = `${id}@north-region.example`;
  return { id, tenant: 'north-region', name, title, organisation, role, phone, email, initiate: true, host: 'dashboard', chat: 'offered' };
}
