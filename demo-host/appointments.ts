/** An entry of the town hall's calendar, which everybody there sees. */
export interface Appointment {
  /** 0 is Monday. */
  day: number;
  /** Hours of the day, such as 9.5 for half past nine. */
  from: number;
  to: number;
  title: string;
  place: string;
  /** Ids of those who take part. */
  people: string[];
}

export const appointments: readonly Appointment[] = [
  { day: 0, from: 9, to: 10, title: 'Budget talk', place: "Mayor's office", people: ['june', 'clara', 'helene', 'ewa'] },
  { day: 0, from: 14, to: 15.5, title: 'Permit hours', place: 'Room 12', people: ['idris'] },
  { day: 1, from: 8, to: 12, title: 'Citizen office open', place: 'Ground floor', people: ['maren', 'yusuf', 'nele'] },
  { day: 1, from: 13, to: 14, title: 'Site visit Mill Lane', place: 'Mill Lane 12', people: ['idris', 'viktor'] },
  { day: 2, from: 10, to: 11, title: 'Registry software, demo', place: 'Meeting room 2', people: ['oscar', 'maren', 'ewa'] },
  { day: 2, from: 15, to: 16, title: 'Press: the bridge', place: 'Press office', people: ['lina', 'june'] },
  { day: 3, from: 8, to: 12, title: 'Citizen office open', place: 'Ground floor', people: ['maren', 'yusuf', 'nele'] },
  { day: 3, from: 16, to: 18, title: 'Council meeting', place: 'Hall', people: ['june', 'clara', 'helene'] },
  { day: 4, from: 9, to: 9.75, title: 'Heads of department', place: 'Meeting room 1', people: ['clara', 'helene', 'ewa', 'june'] },
  { day: 4, from: 11, to: 12, title: 'Payroll closing', place: 'Finance', people: ['paul', 'ewa'] },
];
