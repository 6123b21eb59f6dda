import { ConfigError } from '../config.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { eraseIn } from './open-archive.js';
import { operator, required } from './outcome.js';
import type { Asked, Outcome } from './outcome.js';

const ANSWERS = {
  'not-found': 'There is no such entry.',
  'no-text': 'This entry is no message: who came, went and was asked stays.',
} as const;

/** `parley erase`: the text of one message goes for good, by two persons and for a reason of law; that it was there stays (G18). */
export async function erase({ config, values }: Asked): Promise<Outcome> {
  if (!config.erasure) throw new ConfigError(['PARLEY_ERASURE: not set to on: nothing is erased here']);
  const { tenant, conversation, seq, by, second, reason } = required(values, 'tenant', 'conversation', 'seq', 'by', 'second', 'reason');
  if (!/^[1-9]\d{0,14}$/.test(seq)) throw new ConfigError(['--seq: the number of an entry']);
  if (samePerson(by, second)) throw new ConfigError(['--second: somebody else than --by: nobody erases alone']);
  const record = { act: AUDIT_ACTS.entryErased, by: operator(by), second: operator(second), reason };
  const [result] = await eraseIn(config, [{ tenant, conversation, seq: Number(seq), record }]);
  if (result === 'not-found' || result === 'no-text') return { code: 1, lines: [], complaint: ANSWERS[result] };
  return {
    code: 0,
    lines: [
      result === 'already'
        ? 'It was erased before; the files are written anew.'
        : 'Erased. The chain holds; the audit log says who and why.',
      ...(config.databaseUrl === undefined
        ? []
        : ['What PostgreSQL wrote ahead (pg_wal, archived WAL) has the text until it is recycled.']),
      'Backups, exports and mails of before still have the text; so do pages that are open until they are loaded again.',
    ],
  };
}

function samePerson(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
  return plain(a) === plain(b);
}
