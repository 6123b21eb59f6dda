import type { NetworkConditions } from '../network/network-proxy.js';
import { el } from '../page/element.js';
import type { HostApi } from '../page/host-api.js';
import { choice } from '../page/surroundings.js';

const LATENCIES = [
  ['0 0', 'None'],
  ['50 20', '50 ms: another town'],
  ['300 200', '300 ms: mobile telephone'],
  ['1500 1500', '1.5 to 3 s: satellite, hotel'],
] as const;
const BREAKS = [
  ['0', 'Never'],
  ['4', 'Four times a minute'],
  ['20', 'Twenty times a minute'],
] as const;
const STATES = [
  ['up', 'Works'],
  ['silent', 'Loses everything, says nothing'],
  ['refused', 'Refuses connections'],
] as const;

/** The playground's network, as fields; `said` shows how it stands. */
export function networkForm(api: HostApi, said: HTMLElement): HTMLElement[] {
  let wanted: NetworkConditions = { latency: 0, jitter: 0, breaks: 0, state: 'up' };
  const attempt = async (ask: () => Promise<{ cuts: number }>) => {
    try {
      const { cuts } = await ask();
      said.textContent = `${String(cuts)} connections broken since the demo began.`;
    } catch (cause) {
      said.textContent = cause instanceof Error ? cause.message : 'That did not work';
    }
  };
  const set = (change: Partial<NetworkConditions>) => {
    wanted = { ...wanted, ...change };
    void attempt(() => api.setNetwork(wanted));
  };
  const fields = [
    choice('Every piece takes longer by', LATENCIES, (value) => {
      const [latency = 0, jitter = 0] = value.split(' ').map(Number);
      set({ latency, jitter });
    }),
    choice('Connections break', BREAKS, (value) => set({ breaks: Number(value) })),
    choice('The wire', STATES, (value) => set({ state: STATES.find(([state]) => state === value)?.[0] ?? 'up' })),
    el('button', { type: 'button', onclick: () => void attempt(() => api.cutNetwork()) }, 'Break it now'),
  ];
  // Another page may have made it bad, and this one begins with what it shows.
  set({});
  return fields;
}
