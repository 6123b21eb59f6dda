import { setTimeout as wait } from 'node:timers/promises';
import { Crowd } from '../driver/crowd.js';
import { Follower } from '../driver/follower.js';
import { finding, type Finding } from '../checkers/finding.js';
import { linkNemeses } from '../nemeses/links.js';
import { type Nemesis, strike, Tally } from '../nemeses/nemesis.js';
import { killNode, pauseNode } from '../nemeses/processes.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

/** A list grows for as long as it is looked at; a chapter ends before looking through it takes the time. */
const FAULTS_PER_CHAPTER = 60;
/** After the last word: a reconnect, its state and its pages, on a machine that is busy with other things. */
const CONVERGE_WITHIN = 18_000;

export const oneOrder: Scenario = {
  guarantee: 'G6',
  promise: 'every list that a client shows is one total order without a gap, after any disconnects',
  engines: ['sqlite', 'postgres'],
  nodes: [1, 3],
  everyday: true,
  floors: { faults: 10, acknowledged: 50 },
  async run(stage) {
    const subject = await stage.subject();
    const tally = new Tally();
    const findings: Finding[] = [];
    let [operations, acknowledged, renders, sessions, heard, holes] = [0, 0, 0, 0, 0, 0];
    const wanted = stage.size({ everyday: 25, commit: 60, nightly: 10_000, release: 10_000 });
    for (let chapter = 0; tally.total < wanted && stage.timeLeft(); chapter += 1) {
      const followers = [0, 1, 2].map((index) => new Follower(`follower-${String(chapter)}-${String(index)}`, subject));
      await Promise.all(followers.map((follower) => follower.follow()));
      const besides = followers.map(({ user }) => user);
      const crowd = await Crowd.gather(subject, stage.random, { people: 12, conversations: 6, members: 5, besides }, `c${String(chapter)}`);
      try {
        findings.push(...(await act(stage, subject, crowd, tally, Math.min(FAULTS_PER_CHAPTER, wanted - tally.total))));
        operations += crowd.said;
        acknowledged += crowd.acknowledged;
        renders += crowd.renders.renders;
        for (const follower of followers) {
          sessions += follower.sessions;
          heard += follower.heard;
          // What two nodes tell may overtake each other, and a node that is killed between commit and telling never tells: with several a
          // hole in what is told is allowed, because the next word or the digest shows it (SPEC H1). That the SDK then mends it is what the
          // lists are looked at for; here the holes are counted, and only where one node tells all is each of them a violation.
          if (stage.nodes === 1) findings.push(...follower.findings);
          else holes += follower.findings.length;
        }
      } finally {
        await Promise.all(followers.map((follower) => follower.stop()));
        crowd.leave();
      }
    }
    if (heard === 0) findings.push(finding('nothing-proved', 'nobody was told of anything without the SDK'));
    return {
      injected: tally.toString(),
      faults: tally.total,
      operations,
      acknowledged,
      findings,
      note: `${String(renders)} rendered lists looked at, ${String(sessions)} sessions of ${String(heard)} hints followed without mending${stage.nodes === 1 ? '' : `, ${String(holes)} holes in them left to be mended`}`,
    };
  },
};

async function act(stage: Stage, subject: Subject, crowd: Crowd, tally: Tally, faults: number): Promise<Finding[]> {
  const { random } = stage;
  const nemeses: Nemesis[] = [...linkNemeses(subject.link, random)];
  // With one node they would be what G1 is about, and each costs seconds of silence.
  if (subject.nodes.length > 1) nemeses.push(killNode(subject, random), pauseNode(subject, random, 2_000));
  crowd.talk(300);
  for (let number = 0; number < faults && stage.timeLeft(); number += 1) {
    await wait(random.below(150));
    const nemesis = random.pick(nemeses);
    await strike(nemesis, random);
    tally.add(nemesis.name);
  }
  await crowd.silence();
  const findings: Finding[] = [];
  // What is said while everybody is away has nothing after it that would tell of a hole: only the order of joining and reading does.
  for (let round = 0; round < 3; round += 1) {
    await crowd.lastWords(() => subject.link.cut());
    tally.add('all connections cut before the last word');
    findings.push(...(await crowd.converge(CONVERGE_WITHIN)).findings);
  }
  stage.say(`${String(crowd.said)} messages, ${String(crowd.renders.renders)} renders`);
  if (crowd.renders.renders === 0) findings.push(finding('nothing-proved', 'nothing was ever rendered'));
  return [...findings, ...(await crowd.verdict())];
}
