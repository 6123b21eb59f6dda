import { GOALS } from '../goals.js';
import { row } from '../report.js';
import { summary, type Summary } from '../statistics.js';
import { alive, type Alive } from './figures.js';
import { plainListOf } from './floors.js';
import type { Scenario, Seen } from './ground.js';

/** Code that is loaded late, caches that fill once. */
const WARM_UP = 8;
/** The last page that was taken out is sometimes thrown away only after the look: of three looks the median does not count it. */
const LOOKS = 3;
const ROUNDS = 5;

/** What stays of each round, once what can be thrown away is. */
async function perRound({ page, debug }: Seen, round: () => Promise<void>): Promise<{ heap: Summary; nodes: Summary }> {
  for (let count = 0; count < WARM_UP; count += 1) await round();
  const looks = [await alive(debug)];
  for (let look = 0; look < LOOKS; look += 1) {
    for (let count = 0; count < ROUNDS; count += 1) await round();
    looks.push(await alive(debug));
  }
  await page.close();
  const grown = (of: (look: Alive) => number): Summary =>
    summary(looks.slice(1).map((now, index) => (of(now) - of(looks[index] ?? now)) / ROUNDS));
  return { heap: grown(({ heap }) => heap / 1e3), nodes: grown(({ nodes }) => nodes) };
}

/** Everything is put into a page, signs in, opens a conversation, and is taken out, again and again. */
export const leaks: Scenario = async (ground) => {
  const parley = await ground.signIn('/parley?panel&badges=20');
  const conversation = ground.small.id;
  const ours = await perRound(parley, () =>
    parley.page.evaluate(async (id) => {
      const host = document.querySelector('#host');
      const old = document.querySelector('parley-session');
      if (!host || !old) throw new Error('nothing is there');
      const fresh = host.cloneNode(true) as Element;
      const session = fresh.querySelector('parley-session');
      if (session) session.token = old.token;
      host.remove();
      document.body.append(fresh);
      await window.probe.until(() => session?.client?.connection.state === 'ready');
      session?.client?.session?.open(id);
      await window.probe.until(
        () => (window.probe.find('parley-timeline')?.shadowRoot?.querySelectorAll('.row .message').length ?? 0) > 10,
      );
      await window.probe.until(() => window.probe.all('.mark').length >= 20);
      await window.probe.painted();
    }, conversation),
  );
  const plain = await ground.open('/plain');
  await plain.page.waitForFunction(() => customElements.get('plain-list'));
  const floor = await perRound(plain, () =>
    plain.page.evaluate(async () => {
      const host = document.querySelector('#host');
      const list = document.createElement('plain-list');
      list.fill(50);
      host?.replaceChildren(list);
      await list.updateComplete;
      await window.probe.painted();
    }),
  );
  const about = { floorIs: plainListOf(50) };
  const name = 'browser: left behind by mounting and removing';
  return [
    // Without a goal: the engine's own books (compiled code, what it learnt of it, what it throws away later) move the heap by more than a leak of
    // ours would, also that of the plain list. A node that is kept is counted exactly, and with it goes what hangs on it.
    row(`${name}, heap`, 'kB', { floor: floor.heap, parley: ours.heap }, about),
    row(`${name}, nodes`, '', { floor: floor.nodes, parley: ours.nodes }, { ...about, goals: [GOALS.leftBehind] }),
  ];
};
