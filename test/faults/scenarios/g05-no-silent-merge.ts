import { v7 } from 'uuid';
import { type Finding, finding } from '../checkers/finding.js';
import { RawClient } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import { killNode } from '../nemeses/processes.js';
import type { Scenario } from './scenario.js';

/** Each a content that differs from the one before by as little as possible. */
const MUTATIONS: readonly ((text: string) => { text: string; links: { kind: string; id: string }[] })[] = [
  (text) => ({ text: `${text}.`, links: [] }),
  (text) => ({ text: text.toUpperCase(), links: [] }),
  (text) => ({ text: text.replace(' ', '\u00a0'), links: [] }),
  (text) => ({ text: text.slice(0, -1), links: [] }),
  (text) => ({ text, links: [{ kind: 'study', id: '1' }] }),
];

export const noSilentMerge: Scenario = {
  guarantee: 'G5',
  promise: 'the same id with other content is refused, and the original stays',
  engines: ['sqlite', 'postgres'],
  floors: { faults: 20, acknowledged: 20 },
  async run(stage) {
    const subject = await stage.subject();
    const connect = async (): Promise<RawClient> => RawClient.connect(subject.url, 'writer', await subject.token('writer'));
    (await RawClient.connect(subject.url, 'reader', await subject.token('reader'))).close();
    let writer = await connect();
    const { conversation } = await writer.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['reader'] });
    const { id } = conversation;
    const originals = new Map<string, string>();
    const findings: Finding[] = [];
    const wanted = stage.size({ commit: 500, nightly: 10_000, release: 10_000 });
    let tried = 0;
    for (; tried < wanted && stage.timeLeft(); tried += 1) {
      // A server that was started anew has to know the content by the store alone.
      if (tried === Math.floor(wanted / 2)) {
        const kill = killNode(subject, stage.random);
        await kill.hit();
        await kill.heal();
        writer.close();
        writer = await connect();
      }
      if (originals.size < 50) {
        const [cid, text] = [v7(), `original number ${String(originals.size)}`];
        await writer.ask('message:send', { conversation: id, cid, text, links: [] });
        originals.set(cid, text);
      }
      const [cid, text] = stage.random.pick([...originals]);
      const answer = await writer.answer('message:send', { conversation: id, cid, ...stage.random.pick(MUTATIONS)(text) });
      const outcome = answer.ok ? 'accepted' : answer.error.code;
      if (outcome !== 'IDEMPOTENCY_CONFLICT') findings.push({ ...finding('refusal', `other content was answered ${outcome}`, id), cid });
    }
    const log = new Map((await readLog((name, payload) => writer.ask(name, payload), id)).map((entry) => [entry.cid, entry.text]));
    for (const [cid, text] of originals)
      if (log.get(cid) !== text) findings.push({ ...finding('phantom', 'the original is not what was sent first', id), cid });
    writer.close();
    return {
      injected: `${String(tried)} resends with other content, 1 x SIGKILL of a node`,
      faults: tried,
      operations: tried + originals.size,
      acknowledged: originals.size,
      findings,
    };
  },
};
