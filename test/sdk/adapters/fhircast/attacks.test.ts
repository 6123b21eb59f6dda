import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PATIENT, studyEntry } from '../../../hosts/fhircast/resources.js';
import { eventually } from '../../../support/eventually.js';
import { takeSeat, takeSeatAndSubscribe, TOPIC, type Seat } from './session.js';

const opening = (uid: string, further: object = {}): object => ({
  timestamp: new Date().toISOString(),
  id: `of ${uid}`,
  event: { 'hub.topic': TOPIC, 'hub.event': 'ImagingStudy-open', context: [studyEntry(uid), PATIENT], ...further },
});

/** The chat goes on as if nothing had come. */
async function goesOn({ hub, linked, fhircast }: Seat, uid: string): Promise<void> {
  assert.equal(await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry(uid)]).id), '200');
  assert.equal(linked(), uid);
  assert.equal(fhircast.state.state, 'subscribed');
}

describe('a hub, or somebody in its place, that says what none should', () => {
  it('[attack 12] events of another session change nothing', async () => {
    const seat = await takeSeatAndSubscribe();
    await goesOn(seat, '1.1');
    seat.hub.send(JSON.stringify(opening('6.6', { 'hub.topic': 'another' })));
    assert.equal(await seat.hub.answerTo('of 6.6'), '400');
    for (const mode of ['denied', 'subscribe'])
      seat.hub.send(JSON.stringify({ 'hub.mode': mode, 'hub.topic': 'another', 'hub.events': 'x' }));
    for (const name of ['userlogout', 'userhibernate'])
      seat.hub.send(JSON.stringify({ timestamp: '', id: name, event: { 'hub.topic': 'another', 'hub.event': name } }));
    assert.equal(await seat.hub.answerTo('userhibernate'), '400');
    assert.equal(seat.linked(), '1.1');
    await goesOn(seat, '1.2');
  });

  it('[attack 26] names that every object has are names like others', async () => {
    const seat = await takeSeatAndSubscribe();
    seat.hub.send(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"id":"__proto__","timestamp":"x",` +
        `"event":{"hub.topic":"${TOPIC}","hub.event":"__proto__","__proto__":{"context":[]},"context":[{"key":"__proto__","resource":{"__proto__":{"resourceType":"ImagingStudy"}}}]}}`,
    );
    assert.equal(await seat.hub.answerTo('__proto__'), '202');
    seat.hub.send(`{"id":"inherited","timestamp":"x","event":{"__proto__":{"hub.topic":"${TOPIC}","hub.event":"userlogout"}}}`);
    assert.equal(await seat.hub.answerTo('inherited'), '400');
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    await goesOn(seat, '1.2');
  });

  it('[attack 30] what is no frame is passed over', async () => {
    const seat = await takeSeatAndSubscribe();
    await goesOn(seat, '1.1');
    const frames: unknown[] = [
      null,
      1,
      'text',
      [],
      {},
      { id: 5 },
      { id: '' },
      { id: 'x'.repeat(300), event: {} },
      { event: {} },
      { 'hub.mode': 7 },
    ];
    for (const frame of frames) seat.hub.send(JSON.stringify(frame));
    for (const text of ['', '{', 'ping', '\u0000', '[[[[', '{"id":"1","event":', '42["userlogout"]']) seat.hub.send(text);
    seat.hub.send(Buffer.from(JSON.stringify(opening('6.6'))));
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => seat.hub.send(text)),
      { numRuns: 50 },
    );
    await goesOn(seat, '1.2');
  });

  it('[attack 30] an opening that cannot be read leaves nothing to link', async () => {
    const seat = await takeSeatAndSubscribe();
    for (const [id, context] of Object.entries({ text: 'study', number: 7, object: { study: '1.2' } })) {
      await goesOn(seat, '1.1');
      seat.hub.send(JSON.stringify({ ...opening('6.6', { context }), id }));
      assert.equal(await seat.hub.answerTo(id), '400');
      assert.equal(seat.linked(), null, id);
    }
    for (const [id, entry] of Object.entries({
      a: null,
      b: 7,
      c: { key: 'study' },
      d: { key: 'study', resource: [] },
      e: { resource: {} },
    })) {
      seat.hub.send(JSON.stringify({ ...opening('6.6', { context: [entry] }), id, timestamp: '' }));
      assert.equal(await seat.hub.answerTo(id), '200');
      assert.equal(seat.linked(), null, id);
    }
    await goesOn(seat, '1.2');
  });

  it('[attack 22] a frame of many megabytes is not read, and what was open before is not known any more', async () => {
    const seat = await takeSeatAndSubscribe();
    await goesOn(seat, '1.1');
    seat.hub.send(JSON.stringify(opening('6.6', { padding: 'x'.repeat(5_000_000) })));
    await eventually(() => (seat.linked() === null ? true : undefined), 'nothing to link');
    await goesOn(seat, '1.2');
  });

  it('[attack 31] depth harms nothing', async () => {
    const seat = await takeSeatAndSubscribe();
    const deep = `{"id":"deep","timestamp":"","event":{"hub.topic":"${TOPIC}","hub.event":"ImagingStudy-open","context":[{"key":"study","resource":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}]}}`;
    seat.hub.send(deep);
    await goesOn(seat, '1.2');
  });

  it('[attack 14] whoever speaks before the subscription is confirmed is not heard', async () => {
    const { WebSocket } = globalThis;
    let answers = 0;
    class Impatient extends WebSocket {
      override send(...given: Parameters<WebSocket['send']>): void {
        answers += 1;
        super.send(...given);
      }
      override set onmessage(heard: ((event: MessageEvent) => unknown) | null) {
        super.onmessage = heard as never;
        heard?.(new MessageEvent('message', { data: JSON.stringify(opening('6.6')) }));
      }
    }
    const early = await takeSeatAndSubscribe({}, { environment: { WebSocket: Impatient } });
    assert.equal(early.linked(), null);
    assert.equal(answers, 0);
  });

  it('[attack 55] nobody is led to where there is no TLS, or to another scheme', async () => {
    const answers = ['ws://127.0.0.1:1/x', 'http://127.0.0.1:1/x', 'javascript:1', 'wss', '', 5, null, { toString: 'wss://a' }];
    for (const endpoint of answers) {
      const opened: string[] = [];
      const { fhircast, reached } = await takeSeat(
        {},
        {
          hub: 'https://hub.example.org/',
          environment: {
            fetch: async () => new Response(JSON.stringify({ 'hub.channel.endpoint': endpoint }), { status: 202 }),
            WebSocket: class {
              onopen = null;
              onmessage = null;
              onclose = null;
              onerror = null;
              constructor(address: string) {
                opened.push(address);
              }
              send(): void {}
              close(): void {}
            },
            random: () => 0.9,
          },
        },
      );
      fhircast.start();
      const { error } = await reached('waiting');
      assert.equal(error?.code, 'INTERNAL');
      assert.deepEqual(opened, [], JSON.stringify(endpoint));
      await fhircast.stop();
    }
  });

  it('[attack 75] nothing is written to the console, whatever comes', async (t) => {
    const methods = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => t.mock.method(console, name, () => {}));
    const seat = await takeSeatAndSubscribe();
    await goesOn(seat, '1.1');
    seat.hub.send('{');
    seat.hub.cut();
    await eventually(
      () => (seat.states.filter(({ state }) => state === 'subscribed').length === 2 ? true : undefined),
      'the next subscription',
    );
    seat.hub.deny('Smith');
    await seat.reached('ended');
    assert.deepEqual(
      methods.map((method) => method.mock.callCount()),
      [0, 0, 0, 0, 0],
    );
  });
});
