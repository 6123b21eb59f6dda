import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Finding, finding } from '../checkers/finding.js';
import { findDuplicates } from '../checkers/log.js';
import { RenderChecker } from '../checkers/renders.js';
import type { Reading } from '../driver/history.js';
import { Load } from '../driver/load.js';
import { Person } from '../driver/person.js';
import { RawClient } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario } from './scenario.js';

const RESTORED_WITHIN = 30_000;

export const backup: Scenario = {
  guarantee: 'G20',
  promise: 'a backup taken under load is a true prefix of every conversation, and after a restore clients say so',
  engines: ['sqlite'],
  floors: { acknowledged: 50 },
  async run(stage) {
    const subject = await stage.subject();
    const load = await Load.start(subject, 12, stage.random);
    const findings: Finding[] = [];
    const file = join(stage.folder, 'backup.db');
    const wanted = stage.size({ commit: 3, nightly: 100, release: 100 });
    let done = 0;
    for (; done < wanted && stage.timeLeft(); done += 1) {
      await wait(stage.random.below(800));
      rmSync(file, { force: true });
      const { status, output } = await subject.cli('backup', file);
      if (status !== 0) findings.push(finding('chain', `backup ended with ${String(status)}: ${output}`));
    }
    // What comes after it is what the restore takes away.
    await wait(1_000);
    const { findings: before, readings } = await load.verdict();
    findings.push(...before);
    load.close();

    const [conversation = ''] = load.conversations;
    const [user = ''] = load.members(conversation);
    const renders = new RenderChecker();
    const watcher = new Person(user, { url: subject.url, token: () => subject.token(user), random: stage.random, renders });
    await watcher.signIn();
    watcher.look(conversation);
    let told = false;
    watcher.parley.connection$.subscribe(({ restored }) => (told ||= restored === true));
    try {
      for (const node of subject.nodes) await node.end('SIGTERM');
      const { status, output } = await subject.cli('restore', file, '--force', '--by', 'harness', '--reason', 'to see whether it works');
      if (status !== 0) findings.push(finding('chain', `restore ended with ${String(status)}: ${output}`));
      for (const node of subject.nodes) await node.start();
      await watcher.parley.connect();
      const restored = await readAll(subject, load);
      const cut = prefixes(readings, restored, findings);
      findings.push(...findDuplicates(restored), ...(await subject.verify()));
      const head = restored.find((one) => one.conversation === conversation)?.entries.length ?? 0;
      const deadline = performance.now() + RESTORED_WITHIN;
      const whole = (): boolean => told && renders.endOf(user, conversation) === head;
      while (!whole() && performance.now() < deadline) await wait(20);
      if (!told) findings.push(finding('late', 'no client said that the history was restored'));
      if (!whole())
        findings.push(
          finding(
            'gap',
            `the list ends at ${String(renders.endOf(user, conversation))}, the restored log at ${String(head)}`,
            conversation,
          ),
        );
      const note = `the restored store lacked ${String(cut)} entries that came after the backup`;
      return {
        injected: `${String(done)} backups under load, 1 restore`,
        faults: done,
        operations: load.history.sent.length,
        acknowledged: load.history.acknowledged,
        findings,
        note,
      };
    } finally {
      watcher.leave();
    }
  },
};

function readAll(subject: Subject, load: Load): Promise<Reading[]> {
  return Promise.all(
    load.conversations.map(async (conversation) => {
      const [reader = ''] = load.members(conversation);
      const client = await RawClient.connect(subject.url, reader, await subject.token(reader));
      const entries = await readLog((name, payload) => client.ask(name, payload), conversation);
      client.close();
      return { reader, conversation, entries };
    }),
  );
}

/** Entries that the restored logs lack at their ends; anything else that differs is found. */
function prefixes(before: readonly Reading[], restored: readonly Reading[], findings: Finding[]): number {
  let cut = 0;
  for (const { conversation, entries } of restored) {
    const whole = before.find((one) => one.conversation === conversation)?.entries ?? [];
    const differs = entries.findIndex(
      ({ seq, cid, text }, index) => whole[index]?.seq !== seq || whole[index].cid !== cid || whole[index].text !== text,
    );
    if (differs >= 0)
      findings.push(finding('order', `what was restored is no prefix: it differs from ${String(differs + 1)} on`, conversation));
    cut += whole.length - entries.length;
  }
  return cut;
}
