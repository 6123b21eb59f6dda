import { mailboxesOf } from './groups.js';
import { findPerson } from './people.js';
import type { DemoPerson } from './people.js';

/** A mail that lies in the webmail from the start. All invented. */
export interface DemoMail {
  /** The host's id; a chat keeps this and nothing else of a mail. */
  id: string;
  /** Local date and time, `YYYY-MM-DDTHH:MM`. */
  at: string;
  from: { name: string; address: string };
  to: string[];
  subject: string;
  text: string;
  unread?: true;
  flagged?: true;
  /** Names of what is attached; the files do not exist. */
  attachments?: string[];
}

const outside = (name: string, address: string) => ({ name, address });
const inside = (id: string) => {
  const person = findPerson(id);
  if (!person) throw new Error(`a mail is from ${id}, who is nobody`);
  return { name: person.name, address: person.email };
};
const at = (name: string) => `${name}@brookfield.example`;
/** As RFC 2392 names a message. */
const mid = (number: string) => `mid:8f2c${number}@brookfield.example`;

/** The newest first. */
export const mails: readonly DemoMail[] = [
  {
    id: mid('41'),
    at: '2026-11-20T14:52',
    from: outside('Sample & Daughters Ltd', 'office@sample-daughters.example'),
    to: [at('permits'), at('clara')],
    subject: 'Permit 2026/0417: revised floor plans',
    text: `Dear Sir or Madam,

please find attached the revised plans for 12 Mill Lane. The staircase now has the width that you asked for, and the second exit leads to the yard.

We would be glad to begin before the frost. Could you tell us whether anything else is missing?

Kind regards
Tina Sample`,
    unread: true,
    attachments: ['ground-floor.pdf', 'first-floor.pdf'],
  },
  {
    id: mid('40'),
    at: '2026-11-20T13:30',
    from: inside('helene'),
    to: [at('clara'), at('idris')],
    subject: 'Mill Lane: who answers?',
    text: `Clara, Idris,

the plans for Mill Lane have come back. Idris, could you look at the fire exit first? I have the council meeting until four.

Hélène`,
    unread: true,
  },
  {
    id: mid('39'),
    at: '2026-11-20T11:05',
    from: outside('State Office for Statistics', 'census@statistics.state.example'),
    to: [at('frontdesk')],
    subject: 'Census: dates for the field staff',
    text: `The field staff will be in Brookfield from 30 November to 11 December. Please put up the notice (attached) where citizens can read it.`,
    attachments: ['notice-a3.pdf'],
  },
  {
    id: mid('38'),
    at: '2026-11-20T09:47',
    from: inside('june'),
    to: [at('clara'), at('helene'), at('ewa')],
    subject: 'Budget talk on Monday',
    text: `Dear all,

I would like to have the three large items on one page before Monday: the school roof, the bridge, and the new registry software. Half a page each, no slides.

June`,
    flagged: true,
  },
  {
    id: mid('37'),
    at: '2026-11-20T08:15',
    from: outside('A. Placeholder', 'a.placeholder@mail.example'),
    to: [at('frontdesk')],
    subject: 'Appointment for a passport',
    text: `Good morning,

I tried to book an appointment on your site, but the page shows no free time before January. My trip is on 20 December. Is there another way?

Thank you
A. Placeholder`,
    unread: true,
  },
  {
    id: mid('36'),
    at: '2026-11-19T17:20',
    from: inside('oscar'),
    to: [
      at('clara'),
      at('idris'),
      at('helene'),
      at('maren'),
      at('yusuf'),
      at('ewa'),
      at('paul'),
      at('lina'),
      at('viktor'),
      at('june'),
      at('nele'),
    ],
    subject: 'Chat is in the navigation bar now',
    text: `Hello everybody,

from today on the balloon in the bar at the top opens the chat, on every page of the mail. Ask a colleague for consent to see whether they are in; nobody is watched without being asked.

Histories can be sent to colleagues, to teams and to the shared mailboxes. They arrive here as ordinary mails.

Óscar, IT service`,
  },
  {
    id: mid('35'),
    at: '2026-11-19T15:02',
    from: inside('viktor'),
    to: [at('idris'), at('permits')],
    subject: 'Boundary at the old mill',
    text: `Idris,

I measured again: the wall stands 14 cm on town land. The sketch is in the file, the stones are marked. We should tell them before they build.

Viktor`,
    attachments: ['sketch-mill-wall.png'],
  },
  {
    id: mid('34'),
    at: '2026-11-19T10:36',
    from: outside('Ostra Insurance', 'claims@ostra-insurance.example'),
    to: [at('ewa'), at('clara')],
    subject: 'Claim 88-20417, water in the archive',
    text: `We have received your claim and need the inventory of the damaged shelves by 4 December.`,
  },
  {
    id: mid('33'),
    at: '2026-11-18T16:44',
    from: inside('lina'),
    to: [at('clara'), at('june')],
    subject: 'Press: the bridge',
    text: `The paper asks when the bridge will be closed. May I say "from the second week of January"?

Lina`,
  },
];

/** The addresses whose mails somebody reads. */
export function addressesOf(person: DemoPerson): string[] {
  return [person.email, ...mailboxesOf(person.id).map(({ email }) => email)];
}

/** The host's own rule: a mail is for whom it was sent to, and for its sender. */
export function maySeeMail(person: DemoPerson, mail: Pick<DemoMail, 'from' | 'to'>): boolean {
  if (person.host !== 'mail') return false;
  const own = new Set(addressesOf(person));
  return own.has(mail.from.address) || mail.to.some((address) => own.has(address));
}
