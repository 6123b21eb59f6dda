import type { SourcedConfig } from '../config-sources.js';

/** `ok`; `warn`: it works, and somebody should know; `fail`: it does not work; `skip`: there is nothing to look at. */
export type Level = 'ok' | 'warn' | 'fail' | 'skip';

export interface Finding {
  level: Level;
  /** What was looked at, in a word. */
  about: string;
  /** What was found and, when it is wrong, what to do. Never a secret. */
  says: string;
}

export interface Patient extends SourcedConfig {
  /** Where clients reach the server, when it runs and the operator says so. */
  server: URL | undefined;
}

/** One part of an installation that can be looked at. It may reject: the doctor makes a finding of that. */
export interface Check {
  about: string;
  look: (patient: Patient) => Promise<readonly Finding[]>;
}

/** The findings of one check, all about the same. */
export function findings(about: string) {
  const make =
    (level: Level) =>
    (says: string): Finding => ({ level, about, says });
  return { ok: make('ok'), warn: make('warn'), fail: make('fail'), skip: make('skip') };
}

/** Nobody waits longer for a part that does not answer, in milliseconds. */
export const PATIENCE = 10_000;

/** What went wrong, in a line, and never an address with a password in it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const text = (cause.message || code || cause.name).split('\n')[0] ?? '';
  return (code === '' || text.includes(code) ? text : `${text} (${code})`).replace(/\/\/[^/@\s]*@/g, '//********@');
}
