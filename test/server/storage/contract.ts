import type { Storage } from '../../../server/storage/storage.js';
import { adminSuite } from './contract-admin.js';
import { auditorSuite } from './contract-auditor.js';
import { changeSuite } from './contract-changes.js';
import { conversationSuite } from './contract-conversations.js';
import { directorySuite } from './contract-directory.js';
import { disturbanceSuite } from './contract-disturbance.js';
import { endSuite } from './contract-end.js';
import { invitationSuite } from './contract-invitations.js';
import { listSuite } from './contract-lists.js';
import { logSuite } from './contract-log.js';
import { mailSuite } from './contract-mail.js';
import { peopleSuite } from './contract-people.js';
import { revocationSuite } from './contract-revocations.js';
import { removalSuite } from './contract-removal.js';
import { searchSuite } from './contract-search.js';
import { visibilitySuite } from './contract-visibility.js';

/** What an engine under test is: a fresh, empty store each time. */
export type StorageFactory = () => Promise<Storage>;

/** The promises of server/storage/storage.ts, which every engine keeps. */
export function storageContract(engine: string, open: StorageFactory): void {
  peopleSuite(engine, open);
  directorySuite(engine, open);
  conversationSuite(engine, open);
  invitationSuite(engine, open);
  endSuite(engine, open);
  removalSuite(engine, open);
  auditorSuite(engine, open);
  adminSuite(engine, open);
  disturbanceSuite(engine, open);
  logSuite(engine, open);
  listSuite(engine, open);
  changeSuite(engine, open);
  revocationSuite(engine, open);
  visibilitySuite(engine, open);
  searchSuite(engine, open);
  mailSuite(engine, open);
}
