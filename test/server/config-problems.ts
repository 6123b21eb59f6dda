import assert from 'node:assert/strict';
import { ConfigError, readConfig } from '../../server/index.js';

/** What is said of settings that are refused; settings that are not fail the test. */
export function problems(env: Record<string, string>, flags: Record<string, string> = {}): string {
  try {
    readConfig(env, flags);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new assert.AssertionError({ message: 'the configuration was accepted' });
}
