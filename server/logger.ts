import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

/**
 * What the server writes. Callers pass ids, codes and numbers only: no message text, no token, no name of a person. The
 * redaction below is the second line for what a library puts into an error.
 */
export type Logger = Pick<PinoLogger, 'fatal' | 'error' | 'warn' | 'info' | 'debug'>;

export function createLogger(level: string): Logger {
  return pino({
    level,
    base: { service: 'parley' },
    redact: {
      paths: ['token', 'text', 'authorization', '*.token', '*.text', '*.authorization', '*.payload', '*.auth'],
      censor: '[redacted]',
    },
    // C1 controls pass through JSON unescaped and some terminals obey them (attack 75).
    hooks: {
      streamWrite: (line) =>
        line.replace(/[\u007f-\u009f\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    },
  });
}
