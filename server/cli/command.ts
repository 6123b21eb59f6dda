import type { Asked, Outcome } from '../archive/outcome.js';
import type { SourcedConfig } from '../config-sources.js';

/** What one command was asked. */
export interface Call extends Omit<Asked, 'config'> {
  /** The settings of this call, with the place that each came from. @throws ConfigError */
  read: () => SourcedConfig;
}

/** One command: what is typed, what it is for, and what it does. */
export interface Command {
  /** One word or two: `user revoke`. */
  name: string;
  /** What may stand behind the name. */
  usage?: string;
  /** Lines of the help. */
  summary: readonly string[];
  /** Flags with a value that are no settings; where one has the name of a setting, it is this. */
  values?: readonly string[];
  /** Flags without a value. */
  switches?: readonly string[];
  /** Words behind the name, at most. */
  words?: number;
  /** It checks and signs no token of users, so it asks for no key: an auditor has none. */
  keyless?: boolean;
  run: (call: Call) => Promise<Outcome>;
}

/** Most commands begin with the settings. */
export function withConfig(act: (asked: Asked) => Promise<Outcome>): Command['run'] {
  return async (call) => act({ ...call, config: call.read().config });
}

export const done = (...lines: string[]): Outcome => ({ code: 0, lines });
export const failed = (complaint: string): Outcome => ({ code: 1, lines: [], complaint });
