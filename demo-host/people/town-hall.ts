import type { DemoPerson } from '../people.js';

export const townHall: readonly DemoPerson[] = [
  clerk('clara', 'Clara Weiss', 'Head of administration', 'Administration', '201'),
  clerk('idris', 'Idris Osei', 'Clerk, building permits', 'Planning and Building', '310'),
  { ...clerk('robin', 'Robin Clarke', 'Front desk (demo colleague)', 'Citizen Services', '100'), headless: true },
  clerk('helene', 'Hélène Marchand', 'Head of planning', 'Planning and Building', '301'),
  clerk('viktor', 'Viktor Lindgren', 'Surveyor', 'Planning and Building', '314'),
  clerk('maren', 'Maren Holt', 'Registrar', 'Citizen Services', '110'),
  clerk('yusuf', 'Yusuf Demir', 'Clerk, identity cards', 'Citizen Services', '112'),
  clerk('ewa', 'Ewa Nowak', 'Treasurer', 'Finance', '401'),
  clerk('paul', 'Paul Fischer', 'Payroll', 'Finance', '404'),
  clerk('lina', 'Lina Haas', 'Press office', 'Administration', '205'),
  clerk('oscar', 'Óscar Prieto', 'IT service', 'Administration', '222'),
  { ...clerk('nele', 'Nele Brandt', 'Trainee', 'Citizen Services', '119'), initiate: false },
  clerk('june', 'June Abbott', 'Mayor', "Mayor's Office", '001'),
];

function clerk(id: string, name: string, title: string, organisation: string, extension: string): DemoPerson {
  return {
    id,
    tenant: 'town-hall',
    name,
    title,
    organisation,
    role: 'clerk',
    phone: `+1 555 0140 ${extension}`,
    email: `${id}@brookfield.example`,
    initiate: true,
    host: 'mail',
    chat: 'offered',
  };
}
