import { after } from 'node:test';
import { createParley, type Parley } from '#sdk';
import { createFhircast, type Fhircast, type FhircastOptions, type FhircastState } from 'parley-chat/adapters/fhircast';
import { TestHub, type HubOptions } from '../../../hosts/fhircast/hub.js';
import { eventually } from '../../../support/eventually.js';
import { FakeServer } from '../../support/fake-server.js';

export const TOPIC = 'fdb2f928-5546-4f52-87a0-0648e9ded065';

export interface Seat {
  hub: TestHub;
  fhircast: Fhircast;
  parley: Parley;
  /** Every state since the start, the last one last. */
  states: FhircastState[];
  /** The id of the study that the chat would link now. */
  linked(): string | null;
  reached(state: FhircastState['state']): Promise<FhircastState>;
}

/** A workstation with a hub of its own, the chat attached; nothing is started. What is left of it is ended with the tests of the file. */
export async function takeSeat(hubOptions: HubOptions = {}, options: Partial<FhircastOptions> = {}): Promise<Seat> {
  const hub = await TestHub.start(hubOptions);
  const states: FhircastState[] = [];
  const fhircast = createFhircast({
    hub: hub.url,
    topic: TOPIC,
    onState: (state) => states.push(state),
    ...options,
    // No wait between attempts: the order of things is what is tried here, and the waits have tests of their own.
    environment: { random: () => 0, ...options.environment },
  });
  const environment = new FakeServer().environment();
  const host = fhircast.host({ study: { noun: 'examination' }, report: { noun: 'report' } });
  const parley = createParley({ server: 'http://parley.test', token: () => 't', environment, host });
  fhircast.attach(parley);
  seats.push({ hub, fhircast, parley });
  return {
    hub,
    fhircast,
    parley,
    states,
    linked: () => parley.host.current()?.link.id ?? null,
    reached: (state) => eventually(() => (fhircast.state.state === state ? fhircast.state : undefined), `the state ${state}`),
  };
}

/** The same, subscribed. */
export async function takeSeatAndSubscribe(...given: Parameters<typeof takeSeat>): Promise<Seat> {
  const seat = await takeSeat(...given);
  seat.fhircast.start();
  await seat.reached('subscribed');
  return seat;
}

/** A client of the same user that is not attached to anything, signed in. */
export async function takeClient(): Promise<Parley> {
  const parley = createParley({ server: 'http://parley.test', token: () => 't', environment: new FakeServer().environment() });
  clients.push(parley);
  await parley.connect();
  return parley;
}

const clients: Parley[] = [];
const seats: Pick<Seat, 'hub' | 'fhircast' | 'parley'>[] = [];
after(async () => {
  for (const client of clients) client.dispose();
  for (const { hub, fhircast, parley } of seats) {
    await fhircast.stop();
    parley.dispose();
    await hub.close();
  }
});
