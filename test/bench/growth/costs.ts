import type { Axis } from './growth.js';

/** What is measured at every size: a figure of a scenario whose load is put on the server. */
export interface MeasuredCost {
  scenario: string;
  key: string;
  name: string;
  unit: string;
}

/** How many of what a scenario has; its own number where it is the size that grows. */
export const COUNTS: Readonly<Record<string, number>> = {
  'fan-out': 20,
  'sign-in': 100,
  search: 15,
  storm: 150,
  'catch-up': 900,
  memory: 200,
};

/** Each load once; it may give several figures. */
export const COSTS: readonly MeasuredCost[] = [
  { scenario: 'memory', key: 'perConnection', name: 'memory per idle connection', unit: 'kB' },
  { scenario: 'durable', key: 'cpuPerMessage', name: 'server CPU per message', unit: 'µs' },
  { scenario: 'latency', key: 'p50 at 200', name: '1:1 latency at 200 messages/s, p50', unit: 'ms' },
  { scenario: 'latency', key: 'p50 at 1000', name: '1:1 latency at 1,000 messages/s, p50', unit: 'ms' },
  { scenario: 'fan-out', key: 'cpuPerCopy', name: 'server CPU per copy', unit: 'µs' },
  { scenario: 'sign-in', key: 'connect', name: 'sign-in until the state is there, p50', unit: 'ms' },
  { scenario: 'sign-in', key: 'ready', name: 'sign-in to ready, p50', unit: 'ms' },
  { scenario: 'sign-in', key: 'cpu', name: 'server CPU per sign-in to ready', unit: 'µs' },
  { scenario: 'history', key: 'newest', name: 'the newest 50 of the longest conversation, p50', unit: 'ms' },
  { scenario: 'history', key: 'before', name: 'the 50 before them, p50', unit: 'ms' },
  { scenario: 'history', key: 'group newest', name: 'the newest 50 of a group, p50', unit: 'ms' },
  { scenario: 'search', key: 'frequent', name: 'search, frequent word, p50', unit: 'ms' },
  { scenario: 'search', key: 'rare', name: 'search, rare word, p50', unit: 'ms' },
  { scenario: 'search', key: 'beginning', name: 'search, beginning of a word, p50', unit: 'ms' },
  { scenario: 'search', key: 'cpu', name: 'server CPU per search', unit: 'µs' },
  { scenario: 'storm', key: 'perClient', name: 'reconnect storm, per client', unit: 'ms' },
  { scenario: 'storm', key: 'p99', name: 'p99 of sends in a storm', unit: 'ms' },
  { scenario: 'catch-up', key: 'perEntry', name: 'catch-up, per entry', unit: 'µs' },
];

/** What the relay has the same of, on axes that it has at all. */
export const FLOOR_COSTS: ReadonlySet<string> = new Set(['memory', 'durable', 'fan-out']);

export const START_UP = { name: 'start to ready', unit: 's' };

/** A server with nobody connected starts alike however many may connect. */
export function hasStartUp(axis: Axis): boolean {
  return axis !== 'connections';
}
