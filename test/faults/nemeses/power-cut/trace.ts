import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What one process did to the files of its database, and what it told its clients, in the order in which it happened. */
export type Step =
  | { type: 'write'; file: string; offset: number; data: Buffer }
  | { type: 'truncate'; file: string; size: number }
  | { type: 'remove'; file: string }
  /** The flush covers what was written before step `since`, and counts from here on. */
  | { type: 'flush'; file: string; since: number }
  | { type: 'acknowledge'; cid: string };

/** What strace must record for `readTrace`. `-xx` makes every string hexadecimal, `-y` names the file of each descriptor. */
export function straceArguments(output: string): string[] {
  const calls = 'write,writev,sendmsg,sendto,pwrite64,fsync,fdatasync,ftruncate,unlink';
  return ['-D', '-f', '-qq', '-y', '-xx', '-s', '200000', '-e', 'signal=none', '-e', `trace=${calls}`, '-o', output];
}

const CALL = /^(\d+)\s+(\w+)\((.*)$/;
const RESUMED = /^(\d+)\s+<\.\.\. (\w+) resumed>/;
const TEXT = /"((?:\\x[0-9a-f]{2})*)"/g;
const ACKNOWLEDGEMENT = /43\d+\[\{"ok":true,"data":(\{[^{}]*\})\}\]/g;

/**
 * Reads a trace. Writes count from when they were asked for, flushes only once they returned: the reading that is hardest on the server.
 * Only files in `folder` are kept; the index in shared memory is left out, as SQLite makes it anew,
 * and what is noted beside the database, without which a store only gets a new epoch and is checked at its start.
 */
export async function readTrace(path: string, folder: string): Promise<Step[]> {
  const steps: Step[] = [];
  const flushing = new Map<string, { file: string; since: number }>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const resumed = RESUMED.exec(line);
    if (resumed) {
      const [, thread = ''] = resumed;
      const flush = flushing.get(thread);
      if (flush && /= 0$/.test(line)) steps.push({ type: 'flush', ...flush });
      flushing.delete(thread);
      continue;
    }
    const [, thread = '', call = '', rest = ''] = CALL.exec(line) ?? [];
    if (call === '' || /= -1 E\w+/.test(line)) continue;
    if (call === 'unlink') {
      const file = unhex(/"([^"]*)"/.exec(rest)?.[1] ?? '').toString();
      if (isKept(file, folder)) steps.push({ type: 'remove', file });
      continue;
    }
    const file = unhex(/^\d+<((?:\\x[0-9a-f]{2})*)>/.exec(rest)?.[1] ?? '').toString();
    if (isKept(file, folder)) {
      if (call === 'pwrite64') {
        const [, data = '', offset = ''] = /, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)/.exec(rest) ?? [];
        steps.push({ type: 'write', file, offset: Number(offset), data: unhex(data) });
      } else if (call === 'ftruncate') {
        steps.push({ type: 'truncate', file, size: Number(/>, (\d+)/.exec(rest)?.[1]) });
      } else if (call === 'fsync' || call === 'fdatasync') {
        if (line.endsWith('<unfinished ...>')) flushing.set(thread, { file, since: steps.length });
        else steps.push({ type: 'flush', file, since: steps.length });
      } else throw new Error(`the database file is written with ${call}, which the replay does not know`);
    } else if (!file.startsWith('/')) {
      const said = Buffer.concat([...rest.matchAll(TEXT)].map(([, data = '']) => unhex(data))).toString('latin1');
      for (const [, data = ''] of said.matchAll(ACKNOWLEDGEMENT)) {
        const reply: unknown = JSON.parse(data);
        if (typeof reply === 'object' && reply !== null && 'cid' in reply && typeof reply.cid === 'string' && 'duplicate' in reply) {
          steps.push({ type: 'acknowledge', cid: reply.cid });
        }
      }
    }
  }
  return steps;
}

function isKept(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`) && !/-shm$|\.(?:witness|sound)(?:\.new)?$/.test(file);
}

function unhex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
