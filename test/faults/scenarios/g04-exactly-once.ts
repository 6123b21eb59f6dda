import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { findDuplicates, findFalseAcks, findLost, findPhantoms } from '../checkers/log.js';
import { History } from '../driver/history.js';
import { RawClient, RefusedError, UNKNOWN_OUTCOMES } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import { Clock, DAY, HOUR } from '../nemeses/clock.js';
import { cutOne, loseAnswers } from '../nemeses/links.js';
import { strike, Tally } from '../nemeses/nemesis.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

const TABS = 5;
/** Of the answers, so many per cent never reach the tab. */
const LOST_ANSWERS = 20;
/** Each message is answered to so many tabs before it is out of the outbox. */
const ANSWERED = 2;

interface Waiting {
  cid: string;
  text: string;
  answers: number;
}

export const exactlyOnce: Scenario = {
  guarantee: 'G4',
  promise: 'each send appears exactly once, after any retries by any tab, node or token',
  engines: ['sqlite', 'postgres'],
  nodes: [1, 3],
  everyday: true,
  floors: { faults: 20, acknowledged: 100 },
  async run(stage) {
    const clock = new Clock(stage.folder);
    const subject = await stage.subject(clock.options);
    const run = new Outbox(stage, subject);
    const conversation = await run.begin();
    const { history, tally } = run;
    const wanted = stage.size({ everyday: 300, commit: 600, nightly: 100_000, release: 100_000 });
    const sent: Waiting[] = [];
    while (sent.length < wanted && stage.timeLeft()) {
      const batch = Array.from({ length: Math.min(300, wanted - sent.length) }, (_, index) => ({
        cid: v7(),
        text: `text ${String(sent.length + index)}`,
        answers: 0,
      }));
      await run.drain(conversation, batch);
      sent.push(...batch);
    }
    // Later than any window that somebody might think is enough; a real second first, because not every clock is the server's.
    await wait(1_100);
    for (const later of [0, HOUR, 30 * DAY]) {
      await clock.set(subject, later);
      const again = sent.filter(() => stage.random.below(sent.length) < 100).map(({ cid, text }) => ({ cid, text, answers: ANSWERED - 1 }));
      await run.drain(conversation, again);
      tally.add(`resent ${later === 0 ? 'a second' : later === HOUR ? 'an hour' : '30 days'} later`, again.length);
    }
    const reader = await RawClient.connect(subject.url, 'reader', await subject.token('reader'));
    const readings = [
      { reader: 'reader', conversation, entries: await readLog((name, payload) => reader.ask(name, payload), conversation) },
    ];
    reader.close();
    const all = history.sent;
    const findings = [
      ...findDuplicates(readings),
      ...findLost(all, readings),
      ...findPhantoms(all, readings),
      ...findFalseAcks(all, readings),
    ];
    const holes = readings[0]?.entries.findIndex(({ seq }, index) => seq !== index + 1) ?? -1;
    if (holes >= 0) findings.push({ check: 'order', conversation, detail: `a hole before ${String(holes + 1)}` });
    return {
      injected: tally.toString(),
      faults: tally.total,
      operations: sent.length,
      acknowledged: history.acknowledged,
      findings: [...findings, ...(await subject.verify())],
    };
  },
};

/** The tabs of one person, all of which send what is in the same outbox. */
class Outbox {
  readonly history = new History();
  readonly tally = new Tally();
  readonly #stage: Stage;
  readonly #subject: Subject;

  constructor(stage: Stage, subject: Subject) {
    this.#stage = stage;
    this.#subject = subject;
  }

  /** Puts both people into the directory and starts their conversation. */
  async begin(): Promise<string> {
    const connect = async (user: string): Promise<RawClient> => RawClient.connect(this.#subject.url, user, await this.#subject.token(user));
    const [reader, writer] = [await connect('reader'), await connect('writer')];
    const { conversation } = await writer.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['reader'] });
    for (const client of [reader, writer]) client.close();
    return conversation.id;
  }

  async drain(conversation: string, outbox: readonly Waiting[]): Promise<void> {
    const { random } = this.#stage;
    const { link } = this.#subject;
    const nemeses = [cutOne(link, random), loseAnswers(link, random, 150)];
    let working = true;
    const cutting = (async () => {
      while (working) {
        await wait(random.below(250));
        const nemesis = random.pick(nemeses);
        await strike(nemesis, random);
        this.tally.add(nemesis.name);
      }
    })();
    await Promise.all(Array.from({ length: TABS }, () => this.#tab(conversation, outbox)));
    working = false;
    await cutting;
  }

  async #tab(conversation: string, outbox: readonly Waiting[]): Promise<void> {
    const { random } = this.#stage;
    let client: RawClient | null = null;
    for (;;) {
      const left = outbox.filter(({ answers }) => answers < ANSWERED);
      if (left.length === 0) break;
      try {
        // A new connection is another token, and perhaps another node.
        if (!client?.connected) client = await RawClient.connect(this.#subject.url, 'writer', await this.#subject.token('writer'));
        await this.#send(client, conversation, random.pick(left));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        await wait(20);
      }
    }
    client?.close();
  }

  async #send(client: RawClient, conversation: string, item: Waiting): Promise<void> {
    const { cid, text } = item;
    const at = (): number => performance.now();
    this.history.record({ type: 'invoke', at: at(), writer: 'writer', conversation, cid, text });
    const answer = await client.answer('message:send', { conversation, cid, text, links: [] }, 2_000);
    if (answer.ok) {
      // Whether the tab hears it or not, the server has promised it.
      this.history.record({ type: 'ok', at: at(), cid, seq: answer.data.seq, duplicate: answer.data.duplicate });
      if (this.#stage.random.below(100) < LOST_ANSWERS) this.tally.add('an answer dropped');
      else item.answers += 1;
    } else if (UNKNOWN_OUTCOMES.has(answer.error.code)) this.history.record({ type: 'unknown', at: at(), cid, code: answer.error.code });
    else this.history.record({ type: 'fail', at: at(), cid, code: answer.error.code });
  }
}
