import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ParleyError } from '#sdk';
import { createFhircast, type FhircastSyncError } from 'parley-chat/adapters/fhircast';
import { studyEntry } from '../../../hosts/fhircast/resources.js';
import { eventually } from '../../../support/eventually.js';
import { HeldLine } from './held-line.js';
import { takeClient, takeSeat, takeSeatAndSubscribe, TOPIC } from './session.js';

describe('the subscription of FHIRcast', () => {
  it('[S17] asks as the standard has it, and takes what the hub grants', async () => {
    const { hub, fhircast } = await takeSeatAndSubscribe(
      { token: 'hub-token', withheld: ['heartbeat'] },
      { token: () => 'hub-token', leaseSeconds: 3600, subscriber: 'Chat' },
    );
    const [asked] = hub.asked;
    assert.equal(asked?.authorization, 'Bearer hub-token');
    assert.deepEqual(asked?.form, {
      'hub.channel.type': 'websocket',
      'hub.mode': 'subscribe',
      'hub.topic': TOPIC,
      'hub.events':
        'ImagingStudy-open,ImagingStudy-close,DiagnosticReport-open,DiagnosticReport-close,Home-open,UserLogout,UserHibernate,SyncError,Heartbeat',
      'hub.lease_seconds': '3600',
      'subscriber.name': 'Chat',
    });
    assert.ok(fhircast.state.events?.includes('imagingstudy-open'));
    assert.ok(!fhircast.state.events?.includes('heartbeat'));
  });

  it('answers what it does not know, and does once what is told twice', async () => {
    const { hub, parley } = await takeSeatAndSubscribe();
    await parley.connect();
    const event = { 'hub.topic': TOPIC, 'hub.event': 'org.example.shutters', context: [] };
    hub.send(JSON.stringify({ timestamp: 'x', id: 'unknown', event }));
    assert.equal(await hub.answerTo('unknown'), '202');
    const asleep = hub.notify(TOPIC, 'userhibernate');
    await hub.answerTo(asleep.id);
    await parley.unlock();
    hub.send(JSON.stringify(asleep));
    await eventually(() => (hub.answers.filter(({ id }) => id === asleep.id).length === 2 ? true : undefined), 'both answers');
    assert.notEqual(parley.session, null, 'the second is a repetition');
  });

  it('[G14] userlogout ends the chat and the subscription', async () => {
    const { hub, parley, reached, fhircast, linked } = await takeSeatAndSubscribe();
    await parley.connect();
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    const out = hub.notify(TOPIC, 'UserLogout');
    assert.equal(await hub.answerTo(out.id), '200');
    assert.equal((await reached('ended')).reason, 'user-logout');
    assert.equal(parley.session, null);
    assert.equal(parley.connection.reason, 'user-ended');
    assert.equal(linked(), null);
    await eventually(() => hub.asked.find(({ mode }) => mode === 'unsubscribe'), 'the farewell');
    await assert.rejects(parley.unlock(), { code: 'SESSION_ENDED' });
    fhircast.start();
    await reached('subscribed');
  });

  it('[G14] userhibernate masks the chat until the host unlocks it', async () => {
    const { hub, parley, fhircast } = await takeSeatAndSubscribe();
    await parley.connect();
    assert.equal(await hub.answerTo(hub.notify(TOPIC, 'userHibernate').id), '200');
    assert.equal(parley.session, null);
    assert.equal(parley.connection.reason, 'user-locked');
    assert.equal(fhircast.state.state, 'subscribed', 'the session of the user goes on');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    assert.equal(parley.session, null, 'an event is not the user’s word');
    await parley.unlock();
    assert.notEqual(parley.session, null);
  });

  it('[G14] userhibernate masks a client that is attached after it, until the user is seen at work again', async () => {
    const { hub, fhircast } = await takeSeatAndSubscribe();
    const opened = hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')], {
      timestamp: new Date(Date.now() - 60_000).toISOString(),
    });
    await hub.answerTo(opened.id);
    await hub.answerTo(hub.notify(TOPIC, 'userHibernate').id);
    const late = await takeClient();
    const detach = fhircast.attach(late);
    assert.ok(late.session === null);
    assert.equal(late.connection.reason, 'user-locked');
    await late.unlock();
    detach();
    fhircast.attach(late);
    assert.ok(late.session !== null, 'it was told, and the host has unlocked it');

    hub.cut();
    const told = () => hub.answers.filter(({ id }) => id === opened.id).length;
    await eventually(() => (told() === 2 ? true : undefined), 'the study as it is told again');
    const later = await takeClient();
    fhircast.attach(later);
    assert.ok(later.session === null, 'what was opened before, and closed after, is no sign of anybody');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-close', [studyEntry('1.2.3')]).id);
    const third = await takeClient();
    fhircast.attach(third);
    assert.ok(third.session === null);

    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.4')], soon()).id);
    const last = await takeClient();
    fhircast.attach(last);
    assert.ok(last.session !== null, 'somebody has opened a study');
    assert.ok(later.session === null, 'who was masked is unlocked by the host');
  });

  it('[G14] userlogout ends a client that is attached after it, until the next start', async () => {
    const { hub, fhircast, reached } = await takeSeatAndSubscribe();
    await hub.answerTo(hub.notify(TOPIC, 'UserHibernate').id);
    await hub.answerTo(hub.notify(TOPIC, 'UserLogout').id);
    await reached('ended');
    const late = await takeClient();
    fhircast.attach(late);
    assert.ok(late.session === null);
    assert.equal(late.connection.reason, 'user-ended');
    fhircast.start();
    await reached('subscribed');
    const next = await takeClient();
    fhircast.attach(next);
    assert.ok(next.session !== null);
  });

  it('[G14] a start of what has started wakes nobody', async () => {
    const { hub, fhircast } = await takeSeatAndSubscribe();
    await hub.answerTo(hub.notify(TOPIC, 'UserHibernate').id);
    fhircast.start();
    const late = await takeClient();
    fhircast.attach(late);
    assert.ok(late.session === null);
    await fhircast.stop();
    fhircast.start();
    const next = await takeClient();
    fhircast.attach(next);
    assert.ok(next.session !== null);
  });

  it('asks for the next lease before the last one ends, on the same connection', async () => {
    const { hub, states, linked } = await takeSeatAndSubscribe({ lease: 1 });
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    const renewals = await eventually(() => (hub.asked.length >= 3 ? hub.asked.slice(1) : undefined), 'two renewals');
    assert.ok(renewals.every(({ form }) => form['hub.mode'] === 'subscribe' && /^ws:/.test(form['hub.channel.endpoint'] ?? '')));
    assert.equal(hub.joined, 1);
    assert.equal(linked(), '1.2.3');
    assert.deepEqual(
      states.map(({ state }) => state),
      ['connecting', 'subscribed'],
    );
  });

  it('follows a hub that gives another connection with the next lease, and loses nothing between them', async () => {
    const { hub, states, linked } = await takeSeatAndSubscribe({ lease: 1, moves: true });
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    await eventually(() => (hub.asked.length >= 3 ? true : undefined), 'two renewals');
    await eventually(() => (hub.connected === 1 ? true : undefined), 'one connection');
    assert.equal(linked(), '1.2.3');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.4')]).id);
    assert.equal(linked(), '1.2.4');
    assert.ok(states.every(({ state }) => state === 'connecting' || state === 'subscribed'));
  });

  for (const late of ['grants another connection', 'refuses']) {
    it(`takes no notice of an answer that ${late} when the connection it was to renew is gone`, async () => {
      const line = new HeldLine(2);
      const { hub, reached, states, linked } = await takeSeatAndSubscribe({ lease: 1, moves: true }, { environment: line.environment });
      const answer = await line.held();
      hub.cut();
      await reached('waiting');
      hub.options = { ...hub.options, lease: 7_200 };
      await answer(late === 'refuses' ? 503 : undefined);
      assert.equal(line.sockets, 1);
      assert.equal(states.at(-1)?.state, 'waiting');
      assert.equal(line.attempts, 1, 'the next connection and no further renewal');
      line.goOn();
      await reached('subscribed');
      assert.equal(line.sockets, 2);
      assert.equal(hub.connected, 1);
      await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
      assert.equal(hub.answers.length, 1, 'one connection answers');
      assert.equal(linked(), '1.2.3');
    });

    it(`takes no notice of an answer that ${late} after the end`, async () => {
      const line = new HeldLine(1);
      const { fhircast, states } = await takeSeat({}, { environment: line.environment });
      fhircast.start();
      const answer = await line.held();
      await fhircast.stop();
      await answer(late === 'refuses' ? 503 : undefined);
      assert.equal(line.sockets, 0);
      assert.equal(line.attempts, 0);
      assert.deepEqual(
        states.map(({ state }) => state),
        ['connecting', 'ended'],
      );
    });
  }

  it('subscribes again when a lease ends that could not be renewed', async () => {
    const { hub, states, linked } = await takeSeatAndSubscribe({ lease: 1 }, { environment: { random: () => 0.5 } });
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    hub.refusals.push(503);
    await eventually(() => (states.filter(({ state }) => state === 'subscribed').length === 2 ? true : undefined), 'the next subscription');
    assert.deepEqual(
      states.map(({ state, reason }) => `${state} ${reason}`),
      ['connecting start', 'subscribed start', 'waiting lease-over', 'connecting lease-over', 'subscribed start'],
    );
    await eventually(() => linked() ?? undefined, 'what is open');
  });

  it('takes a denial as final, with what the hub says of it', async () => {
    const { hub, reached, linked } = await takeSeatAndSubscribe();
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    hub.deny('session unexpectedly stopped');
    const { reason, error } = await reached('ended');
    assert.equal(reason, 'denied');
    assert.equal(error?.message, 'session unexpectedly stopped');
    assert.equal(linked(), null);
    assert.equal(hub.asked.length, 1);
  });

  for (const [status, code] of [
    [400, 'INVALID'],
    [401, 'UNAUTHENTICATED'],
    [403, 'ROLE_FORBIDDEN'],
    [404, 'NOT_FOUND'],
  ] as const)
    it(`takes ${status} as final`, async () => {
      const { hub, fhircast, reached } = await takeSeat();
      hub.refusals.push(status);
      fhircast.start();
      const { reason, error } = await reached('ended');
      assert.deepEqual([reason, error?.code], ['refused', code]);
    });

  for (const status of [429, 500, 503])
    it(`tries again after ${status}`, async () => {
      const { hub, fhircast, reached, states } = await takeSeat();
      hub.refusals.push(status, status);
      fhircast.start();
      await reached('subscribed');
      assert.equal(states.filter(({ state }) => state === 'waiting').length, 2);
    });

  it('[G25] waits longer after every refusal', async () => {
    const { hub, states, fhircast, reached } = await takeSeat(
      {},
      { environment: { random: () => 0.5, later: (ms, act) => immediately(ms, act) } },
    );
    hub.refusals.push(503, 503, 503, 503);
    fhircast.start();
    await reached('subscribed');
    const told = states.filter(({ state }) => state === 'waiting').map(({ error }) => error?.code);
    assert.deepEqual(told, Array(4).fill('UNAVAILABLE'));
    assert.deepEqual(waited.slice(0, 4), [500, 1_000, 2_000, 4_000]);
  });

  it('notices a hub that has promised to speak and does not', async () => {
    const { hub, states, reached } = await takeSeatAndSubscribe();
    hub.notify(TOPIC, 'heartbeat', [{ key: 'period', decimal: '0.2' }]);
    await eventually(() => states.find(({ state }) => state === 'waiting'), 'the loss');
    await reached('subscribed');
    assert.equal(hub.asked.length, 2);
  });

  it('says what others could not follow, without their words', async () => {
    const errors: FhircastSyncError[] = [];
    const { hub, fhircast } = await takeSeatAndSubscribe({}, { requestOpen: true, onSyncError: (error) => errors.push(error) });
    await fhircast.requestOpen({ kind: 'study', id: '1.2.3' });
    const coding = [
      { system: 'https://fhircast.hl7.org/events/syncerror/eventid', code: hub.published[0]?.id },
      { system: 'https://fhircast.hl7.org/events/syncerror/eventname', code: 'ImagingStudy-open' },
    ];
    const issue = [{ severity: 'warning', code: 'processing', diagnostics: 'Smith is open elsewhere', details: { coding } }];
    const failed = hub.notify(TOPIC, 'SyncError', [{ key: 'operationoutcome', resource: { resourceType: 'OperationOutcome', issue } }]);
    assert.equal(await hub.answerTo(failed.id), '200');
    assert.deepEqual(errors, [{ id: hub.published[0]?.id, name: 'ImagingStudy-open', own: true }]);
    assert.equal(hub.published.length, 1, 'nobody’s viewer is changed once more');
  });

  it('says goodbye, so that nobody is told of a loss', async () => {
    const { hub, fhircast } = await takeSeatAndSubscribe();
    const other = await takeSeatAndSubscribe({}, { hub: hub.url });
    await fhircast.stop();
    await fhircast.stop();
    assert.deepEqual([fhircast.state.state, fhircast.state.reason], ['ended', 'stopped']);
    await eventually(() => (hub.connected === 1 ? true : undefined), 'the end');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    assert.equal(other.linked(), '1.2.3');
    assert.equal(hub.answers.length, 1);
    assert.equal(hub.asked.at(-1)?.mode, 'unsubscribe');
  });

  it('[attack 21] no token goes to a hub without TLS, except on this machine', () => {
    const refused = (error: unknown): boolean => error instanceof ParleyError && error.code === 'INVALID';
    for (const hub of [
      '',
      'hub',
      'http://hub.example.org/',
      'http://10.0.0.7/hub',
      'ftp://localhost/',
      'http://localhost.example.org/',
      'wss://hub.example',
    ])
      assert.throws(() => createFhircast({ hub, topic: TOPIC }), refused, hub);
    for (const hub of ['https://hub.example.org/', 'http://localhost:8080/hub', 'http://127.0.0.1/hub', 'http://[::1]:1/hub'])
      assert.equal(createFhircast({ hub, topic: TOPIC }).state.state, 'idle');
    assert.throws(() => createFhircast({ hub: 'https://hub.example.org/', topic: '' }), refused);
  });
});

/** After what has happened already, by whichever clock. */
const soon = (): { timestamp: string } => ({ timestamp: new Date(Date.now() + 1_000).toISOString() });

const waited: number[] = [];

/** Waits between attempts are noted and left out; the patience with an answer is real. */
function immediately(ms: number, act: () => void): () => void {
  const isWait = ms < 10_000;
  if (isWait) waited.push(ms);
  const timer = setTimeout(act, isWait ? 0 : ms);
  return () => clearTimeout(timer);
}
