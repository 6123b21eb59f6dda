import { headsOf, toSignInState } from '../sign-in-state.js';
import type { SignIn, SignInRecord } from '../storage.js';
import type { Session } from './database.js';
import { readActive, readHeads, readSettingsOf, readUserState } from './list-reader.js';
import type { Reading } from './list-reader.js';
import { readPersonRecords } from './people-reader.js';
import { readTokensSince } from './token-held.js';

/** See `Storage.signIn`. The statements leave together, so that it waits for the network as often as its longest part. */
export async function readSignIn(session: Session, reading: Reading, { limit, held }: SignIn): Promise<SignInRecord> {
  const { tenant, user } = reading;
  const state = held === undefined ? readUserState(session, reading, limit) : undefined;
  const [[person = null], tokensSince, active, { revision, settings }] = await Promise.all([
    readPersonRecords(session, tenant, [user]),
    readTokensSince(session, tenant, user),
    readActive(session, tenant, user),
    readSettingsOf(session, tenant, user),
    state,
  ]);
  const known = { person, tokensSince, active, revision, settings };
  if (revision === held) return { ...known, heads: (await readHeads(session, tenant, user, limit)).heads, state: null };
  const whole = await (state ?? readUserState(session, reading, limit));
  return { ...known, heads: headsOf(whole), state: toSignInState(whole) };
}
