import { setTimeout as wait } from 'node:timers/promises';
import type { EventPayload } from '#protocol';
import { v7 } from 'uuid';
import { eventually } from '../../support/eventually.js';
import { type Finding, finding } from '../checkers/finding.js';
import { RawClient, RefusedError, UNKNOWN_OUTCOMES } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import { Tally } from '../nemeses/nemesis.js';
import { HostError, type Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

/** After the answer to whoever took the right away; ms. */
const WITHIN = 1_000;

/** Ms for which what is refused for now is asked again. */
const INSIST = 60_000;

/** How somebody loses the right to be here. */
const WAYS = ['deactivated', 'revoked', 'removed'] as const;

export const revocation: Scenario = {
  guarantee: 'G13',
  promise: 'removal and revocation act on live connections of all nodes within a second, and a node that cannot know does nothing',
  engines: ['sqlite', 'postgres'],
  async run(stage) {
    const subject = await stage.subject();
    const tally = new Tally();
    const findings: Finding[] = [];
    const races = stage.size({ commit: 18, nightly: 1_000, release: 1_000 });
    const owner = await RawClient.connect(subject.url, 'owner', await subject.token('owner'));
    (await RawClient.connect(subject.url, 'friend', await subject.token('friend'))).close();
    const { conversation } = await owner.ask('conversation:create', { cid: v7(), kind: 'group', members: ['friend'], title: 'Room' });
    let [done, operations, acknowledged] = [0, 0, 0];
    for (; done < races && stage.timeLeft(); done += 3) {
      // The third of each round sits on a node that is held still while it happens, where there is another one to hear of it.
      const outcomes = await Promise.all(
        [0, 1, 2].map((place) => new Race(stage, subject, conversation.id, done + place, place === 2).run(owner)),
      );
      for (const outcome of outcomes) {
        tally.add(outcome.what);
        operations += outcome.operations;
        acknowledged += outcome.acknowledged;
        findings.push(...outcome.findings);
      }
    }
    owner.close();
    return { injected: tally.toString(), faults: done, operations, acknowledged, findings };
  },
};

class Race {
  readonly #stage: Stage;
  readonly #subject: Subject;
  readonly #conversation: string;
  readonly #user: string;
  readonly #way: (typeof WAYS)[number];
  readonly #held: boolean;
  readonly #findings: Finding[] = [];
  #operations = 0;
  /** By the driver's clock: when the answer to the revocation came. */
  #revokedAt = Infinity;
  readonly #accepted: { at: number; cid: string }[] = [];
  readonly #heard: { at: number; committedAt: number; spoken: boolean }[] = [];
  #raced = false;

  constructor(stage: Stage, subject: Subject, conversation: string, number: number, held: boolean) {
    this.#stage = stage;
    this.#subject = subject;
    this.#conversation = conversation;
    this.#user = `victim-${String(number)}`;
    this.#way = WAYS[Math.floor(number / 3) % WAYS.length] ?? 'revoked';
    this.#held = held && subject.nodes.length > 1;
  }

  async run(owner: RawClient): Promise<{ what: string; operations: number; acknowledged: number; findings: Finding[] }> {
    const { random } = this.#stage;
    const node = this.#held
      ? this.#subject.nodes.at(-1)
      : random.pick(this.#subject.nodes.slice(0, this.#subject.nodes.length > 1 ? -1 : undefined));
    if (!node) throw new Error('there is no node');
    const onFrame = (name: string, payload: unknown): void => {
      if (name !== 'entry:added') return;
      const { entry } = payload as EventPayload<'entry:added'>;
      this.#heard.push({ at: performance.now(), committedAt: entry.at, spoken: entry.body.kind === 'message' });
    };
    const victim = await RawClient.connect(node.url, this.#user, await this.#subject.token(this.#user), { onFrame });
    const invitation = { conversation: this.#conversation, cid: v7(), users: [this.#user] };
    await this.#insist(() => owner.ask('conversation:invite', invitation));
    const sending = this.#send(victim);
    // Only somebody who is heard can be silenced, and only who hears can be deafened.
    const both = (): boolean => this.#accepted.length > 0 && this.#heard.some(({ spoken }) => spoken);
    await eventually(() => (both() ? true : undefined), 'a first word', INSIST).catch(() => undefined);
    this.#raced = both();
    await wait(random.below(400));
    if (this.#held) node.pause();
    await this.#revoke(owner);
    this.#revokedAt = performance.now();
    const hold = this.#held ? 1_500 + random.below(2_500) : 0;
    await wait(hold);
    node.resume();
    // Somebody else goes on talking, so that there is something to be heard.
    for (let word = 0; word < 12; word += 1) {
      const said = { conversation: this.#conversation, cid: v7(), text: `after ${this.#user}`, links: [] };
      await this.#insist(() => owner.ask('message:send', said));
      await wait(150);
    }
    victim.close();
    await sending;
    await this.#judge(owner);
    return {
      what: `${this.#way}${this.#held ? ' while its node was held still' : ''}`,
      operations: this.#operations,
      acknowledged: this.#accepted.length,
      findings: this.#findings,
    };
  }

  async #revoke(owner: RawClient): Promise<void> {
    const asked = this.#subject.nodes[0];
    const cid = v7();
    // The store may have to wait for a node that is held still, and says so.
    await this.#insist(async () => {
      if (this.#way === 'deactivated') await this.#subject.host('DELETE', `users/${this.#user}`, undefined, asked);
      else if (this.#way === 'revoked') await this.#subject.host('POST', `users/${this.#user}/revoke`, {}, asked);
      else await owner.ask('conversation:remove', { conversation: this.#conversation, cid, user: this.#user });
    });
  }

  async #send(victim: RawClient): Promise<void> {
    while (victim.connected && performance.now() < this.#revokedAt + 6_000) {
      const cid = v7();
      const answer = await victim.answer('message:send', {
        conversation: this.#conversation,
        cid,
        text: `word of ${this.#user}`,
        links: [],
      });
      this.#operations += 1;
      if (answer.ok) this.#accepted.push({ at: answer.data.at, cid });
      await wait(this.#stage.random.below(40));
    }
  }

  async #judge(owner: RawClient): Promise<void> {
    const limit = Date.now() - (performance.now() - this.#revokedAt) + WITHIN;
    const say = (detail: string): void =>
      void this.#findings.push(finding('leak', `${this.#user}, ${this.#way}: ${detail}`, this.#conversation));
    const log = await readLog((name, payload) => owner.ask(name, payload), this.#conversation);
    for (const { author, seq, at = 0 } of log)
      if (author === this.#user && at > limit) say(`${String(seq)} was committed ${String(Math.round(at - limit))} ms too late`);
    // A process that is stopped while it writes goes on writing: what it had begun before may arrive, and nothing that was said afterwards.
    const late = this.#heard.filter(
      ({ at, committedAt }) => at > this.#revokedAt + WITHIN && (!this.#held || committedAt > limit - WITHIN),
    );
    const last = late.at(-1);
    if (last)
      say(`heard ${String(late.length)} entries after that second, the last ${String(Math.round(last.at - this.#revokedAt))} ms after`);
    if (!this.#raced)
      this.#findings.push(
        finding(
          'nothing-proved',
          `${this.#user} had sent ${String(this.#accepted.length)} and heard ${String(this.#heard.length)} in the end`,
        ),
      );
  }

  async #insist(ask: () => Promise<unknown>): Promise<void> {
    const deadline = performance.now() + INSIST;
    for (;;) {
      try {
        await ask();
        return;
      } catch (error) {
        const again = error instanceof RefusedError ? UNKNOWN_OUTCOMES.has(error.code) : error instanceof HostError && error.status === 503;
        if (!again || performance.now() > deadline) throw error;
        await wait(50);
      }
    }
  }
}
