import type { DemoPerson, Role } from '../people.js';

export const kontor: readonly DemoPerson[] = [
  staff('kim', 'Kim Sørensen', 'Telephone operator', 'Switchboard', 'operator', '10'),
  staff('tariq', 'Tariq Aziz', 'Telephone operator', 'Switchboard', 'operator', '11'),
  { ...staff('jo', 'Jo Martens', 'Head of service (demo colleague)', 'Customer Service', 'trader', '20'), headless: true },
  staff('petra', 'Petra Vogel', 'Customer adviser', 'Customer Service', 'trader', '21'),
  staff('luca', 'Luca Rossi', 'Customer adviser', 'Customer Service', 'trader', '22'),
  staff('hanna', 'Hanna Virtanen', 'Customer adviser', 'Customer Service', 'trader', '23'),
  staff('dmitri', 'Dmitri Sokolov', 'Head of sales', 'Sales', 'trader', '30'),
  staff('chloe', 'Chloé Bernard', 'Key accounts', 'Sales', 'trader', '31'),
  staff('ravi', 'Ravi Patel', 'Key accounts', 'Sales', 'trader', '32'),
  staff('emma', 'Emma Nilsson', 'Sales assistant', 'Sales', 'trader', '33'),
  staff('jakob', 'Jakob Steiner', 'Accountant', 'Finance', 'trader', '40'),
  staff('aisha', 'Aisha Bello', 'Credit control', 'Finance', 'trader', '41'),
  staff('peter', 'Peter Hughes', 'Warehouse manager', 'Logistics', 'trader', '50'),
  // Has moved to a phone without a screen: known to the chat, not to be reached by it (M5).
  { ...staff('sven', 'Sven Eriksen', 'Dispatch', 'Logistics', 'trader', '51'), chat: 'unavailable' },
  staff('ling', 'Ling Zhao', 'Customs', 'Logistics', 'trader', '52'),
  staff('martha', 'Martha Klein', 'Managing director', 'Management', 'trader', '01'),
  // A telephone on a wall: nobody who could chat (M4).
  { ...staff('gate', 'Gatehouse', 'Telephone at the gate', 'Logistics', 'trader', '59'), chat: 'none' },
];

function staff(id: string, name: string, title: string, organisation: string, role: Role, phone: string): DemoPerson {
  const email = `${id}@kontor.example`;
  return {
    id,
    tenant: 'kontor',
    name,
    title,
    organisation,
    role,
    phone: `20${phone}`,
    email,
    initiate: true,
    host: 'console',
    chat: 'offered',
  };
}
