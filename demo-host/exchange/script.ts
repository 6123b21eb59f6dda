/** Somebody who calls from outside. All invented. */
export interface Caller {
  name: string;
  number: string;
  organisation: string;
}

export interface ScriptedCall {
  caller: Caller;
  /** The number that was called, by its name. */
  line: string;
  /** Id of the person asked for, when there is one. */
  wanted: string | null;
}

const call = (name: string, organisation: string, number: string, line: string, wanted: string | null): ScriptedCall => ({
  caller: { name, number, organisation },
  line,
  wanted,
});

/** Who calls, in turn; after the last one the first one calls again. */
export const CALLS: readonly ScriptedCall[] = [
  call('Maria Sample', 'Sample Bakeries', '+1 555 0171', 'Main line', 'ravi'),
  call('Tom Placeholder', 'Placeholder Foods', '+1 555 0102', 'Orders', null),
  call('Ines Example', '', '+1 555 0146', 'Complaints', 'petra'),
  call('Port office', 'Harbour Customs', '+1 555 0119', 'Main line', 'ling'),
  call('G. Fictitious', 'Fictitious & Co', '+1 555 0183', 'Main line', 'martha'),
  call('Unknown caller', '', 'withheld', 'Main line', null),
  call('Nadia Pretend', 'Pretend Logistics', '+1 555 0128', 'Orders', 'sven'),
  call('Lee Madeup', 'Madeup Retail', '+1 555 0155', 'Main line', 'dmitri'),
];

/** A new call every so many seconds, while fewer than this wait. */
export const CALL_EVERY = 22;
export const MOST_WAITING = 5;
/** A caller whom nobody answers gives up after so many seconds. */
export const PATIENCE = 100;
/** So long a transferred call rings, and lasts, in seconds. */
export const RINGS = 4;
export const TALKS = 45;

export type PhoneActivity = 'idle' | 'ringing' | 'on-call' | 'hold';

/** What the telephones of the house do by themselves: each line from its second of the round on. */
export const ROUND = 120;
export const PHONES: readonly { user: string; from: number; state: PhoneActivity }[] = [
  { user: 'petra', from: 0, state: 'on-call' },
  { user: 'dmitri', from: 0, state: 'on-call' },
  { user: 'luca', from: 14, state: 'ringing' },
  { user: 'luca', from: 18, state: 'on-call' },
  { user: 'dmitri', from: 30, state: 'hold' },
  { user: 'dmitri', from: 42, state: 'on-call' },
  { user: 'petra', from: 55, state: 'idle' },
  { user: 'jakob', from: 60, state: 'ringing' },
  { user: 'jakob', from: 65, state: 'on-call' },
  { user: 'luca', from: 72, state: 'idle' },
  { user: 'dmitri', from: 80, state: 'idle' },
  { user: 'chloe', from: 84, state: 'on-call' },
  { user: 'jakob', from: 100, state: 'idle' },
  { user: 'petra', from: 104, state: 'on-call' },
  { user: 'chloe', from: 112, state: 'idle' },
];
