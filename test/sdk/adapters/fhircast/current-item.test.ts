import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PATIENT, reportEntry, studyEntry } from '../../../hosts/fhircast/resources.js';
import { eventually } from '../../../support/eventually.js';
import { takeSeat, takeSeatAndSubscribe, TOPIC } from './session.js';

const at = (seconds: number): string => new Date(Date.now() - 60_000 + seconds * 1_000).toISOString();

describe('the current item by FHIRcast', () => {
  it('[S17] is the study that was opened, by its UID and nothing else, until it is closed', async () => {
    const { hub, fhircast, parley, linked } = await takeSeatAndSubscribe();
    const told: (string | undefined)[] = [];
    parley.host.current$.subscribe((item) => told.push(item?.link.id));
    const opened = hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3'), PATIENT]);
    assert.equal(await hub.answerTo(opened.id), '200');
    assert.deepEqual(parley.host.current()?.link, { kind: 'study', id: '1.2.3' });
    assert.equal(parley.host.current()?.kind.noun, 'examination');
    assert.deepEqual(fhircast.current('report'), null);
    await hub.answerTo(hub.notify(TOPIC, 'imagingstudy-CLOSE', [studyEntry('1.2.3')]).id);
    assert.equal(linked(), null, 'names of events are the same in any case');
    assert.deepEqual(told, [undefined, '1.2.3', undefined]);
  });

  it('[S17] is the study of a report that was opened, and the report where a host links reports', async () => {
    const { hub, fhircast, linked } = await takeSeatAndSubscribe();
    await hub.answerTo(hub.notify(TOPIC, 'DiagnosticReport-open', [reportEntry('rep-7'), studyEntry('1.2.7'), PATIENT]).id);
    assert.deepEqual(fhircast.current('report'), { kind: 'report', id: 'rep-7' });
    assert.equal(linked(), '1.2.7');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.8')]).id);
    assert.equal(linked(), '1.2.8', 'what was opened last');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-close', [studyEntry('1.2.8')]).id);
    assert.equal(linked(), '1.2.7', 'the report is still open');
    await hub.answerTo(hub.notify(TOPIC, 'DiagnosticReport-close', [reportEntry('rep-7')]).id);
    assert.equal(linked(), null);
  });

  it('[S17] is nothing rather than a study that may not be open any more', async () => {
    const { hub, linked } = await takeSeatAndSubscribe();
    const told = async (name: string, context: unknown[]): Promise<string | null> => {
      await hub.answerTo(hub.notify(TOPIC, name, context).id);
      return linked();
    };
    await told('ImagingStudy-open', [studyEntry('1.1')]);
    assert.equal(await told('ImagingStudy-open', [studyEntry('1.2')]), '1.2');
    assert.equal(await told('ImagingStudy-close', [studyEntry('1.1')]), '1.2', 'another was closed');
    assert.equal(await told('ImagingStudy-close', [studyEntry('1.2')]), null, 'and not the one before it again');
    await told('ImagingStudy-open', [studyEntry('1.3')]);
    assert.equal(await told('ImagingStudy-open', [studyEntry(null)]), null, 'an opening without a UID');
    await told('ImagingStudy-open', [studyEntry('1.4')]);
    assert.equal(await told('ImagingStudy-open', [studyEntry('1..4')]), null, 'a UID that is none');
    await told('ImagingStudy-open', [studyEntry('1.5')]);
    assert.equal(await told('ImagingStudy-close', []), null, 'a closing that does not say of what');
    await told('ImagingStudy-open', [studyEntry('1.6')]);
    assert.equal(await told('Home-open', []), null, 'at home nothing is open');
  });

  it('[S17] is never an older study when the last opening names none that can be linked', async () => {
    const { hub, fhircast, parley, linked } = await takeSeatAndSubscribe();
    const told = async (name: string, context: unknown[]): Promise<string | null> => {
      await hub.answerTo(hub.notify(TOPIC, name, context).id);
      return fhircast.current('study')?.id ?? null;
    };
    await told('DiagnosticReport-open', [reportEntry('rep-1'), studyEntry('1.2.3')]);
    assert.equal(
      await told('ImagingStudy-open', [studyEntry(null, 'another')]),
      null,
      'another study, of which only the accession is known',
    );
    assert.equal(parley.host.current(), null, 'and not the report of the study before');
    assert.equal(await told('ImagingStudy-close', [studyEntry(null, 'another')]), '1.2.3', 'the report is still open');
    await told('ImagingStudy-open', [studyEntry('1.2.4')]);
    assert.equal(await told('DiagnosticReport-open', [reportEntry('rep-2')]), null, 'a report whose study is not known');
    assert.equal(linked(), 'rep-2');
  });

  it('[S17] is no study when a report has several, one of which would be linked by chance', async () => {
    const { hub, fhircast, linked } = await takeSeatAndSubscribe();
    const several = [reportEntry('rep-3'), PATIENT, studyEntry('1.2.5', 'one'), studyEntry('1.2.6', 'two')];
    await hub.answerTo(hub.notify(TOPIC, 'DiagnosticReport-open', several).id);
    assert.equal(fhircast.current('study'), null);
    assert.equal(linked(), 'rep-3');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.6')]).id);
    assert.equal(linked(), '1.2.6', 'one of them, by itself');
  });

  it('[S17] follows the time of the events, not the order in which they came', async () => {
    const { hub, linked } = await takeSeatAndSubscribe();
    const opened = async (uid: string, timestamp: string): Promise<string | null> => {
      await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry(uid)], { timestamp }).id);
      return linked();
    };
    assert.equal(await opened('1.1', at(10)), '1.1');
    assert.equal(await opened('1.2', at(5)), '1.1', 'late');
    assert.equal(await opened('1.3', at(11).replace('Z', '')), '1.3', 'without a zone it is UTC, wherever the reader is');
    assert.equal(await opened('1.4', '9999-01-01T00:00:00Z'), '1.4', 'a clock that is wrong');
    assert.equal(await opened('1.5', at(12)), '1.5', 'keeps nothing out that follows');
    assert.equal(await opened('1.6', 'yesterday'), '1.6');
    await hub.answerTo(hub.notify(TOPIC, 'Home-open', [], { timestamp: at(20) }).id);
    assert.equal(await opened('1.7', at(15)), null, 'opened before the user went home');
  });

  it('[S17] may be another link by the host’s word, and a host that fails has none', async () => {
    const { hub, linked } = await takeSeatAndSubscribe(
      {},
      {
        link: (kind, { id }) => {
          if (id === 'broken') throw new Error('no such study');
          return kind === 'study' && typeof id === 'string' ? { kind, id: `own-${id}` } : null;
        },
      },
    );
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry(null, '17')]).id);
    assert.equal(linked(), 'own-17');
    assert.equal(await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry(null, 'broken')]).id), '200');
    assert.equal(linked(), null);
  });

  it('[S17] is unknown without a connection, and known again when the hub has told', async () => {
    const { hub, linked, states } = await takeSeatAndSubscribe({ answers: false });
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]).id);
    hub.options = { ...hub.options, replays: false };
    hub.cut();
    await eventually(() => (states.some(({ state }) => state === 'waiting') ? true : undefined), 'the loss');
    assert.equal(linked(), null);
    await eventually(() => (hub.connected === 1 ? true : undefined), 'the next connection');
    hub.options = { ...hub.options, replays: true };
    hub.cut();
    await eventually(() => linked() ?? undefined, 'what is open');
    assert.equal(linked(), '1.2.3');
  });

  it('[S17] is asked for where the hub does not say by itself what was open before', async () => {
    const { hub, linked, fhircast, reached } = await takeSeat({ replays: false, token: 'hub-token' }, { token: () => 'hub-token' });
    hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3'), PATIENT]);
    fhircast.start();
    await eventually(() => linked() ?? undefined, 'what is open');
    assert.equal(linked(), '1.2.3');
    assert.equal(hub.contextsAsked, 1);
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-close', [studyEntry('1.2.3')]).id);
    assert.equal(linked(), null);
    hub.cut();
    await eventually(() => (hub.contextsAsked === 2 ? true : undefined), 'the question after a loss');
    await reached('subscribed');
    assert.equal(linked(), null, 'nothing is open');
  });

  it('[S17] is not what a hub answers after something newer has happened', async () => {
    let read = 0;
    const reading: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      const text = await response.text();
      read += 1;
      return new Response(text, response);
    };
    const { hub, linked, fhircast, reached } = await takeSeat({ replays: false }, { environment: { fetch: reading } });
    hub.notify(TOPIC, 'ImagingStudy-open', [studyEntry('1.2.3')]);
    const answer = hub.holdContext();
    fhircast.start();
    await reached('subscribed');
    await eventually(() => (hub.contextsAsked === 1 ? true : undefined), 'the question');
    await hub.answerTo(hub.notify(TOPIC, 'ImagingStudy-close', [studyEntry('1.2.3')]).id);
    await answer();
    await eventually(() => (read === 2 ? true : undefined), 'the answer');
    await hub.answerTo(hub.notify(TOPIC, 'SyncError').id);
    assert.equal(linked(), null);
  });

  it('[S21] a link asks the hub to open the study where the host has it so, and nowhere else', async () => {
    const off = await takeSeatAndSubscribe();
    assert.equal(await off.parley.host.open({ kind: 'study', id: '1.2.3' }), false);
    await assert.rejects(off.fhircast.requestOpen({ kind: 'study', id: '1.2.3' }), { code: 'ROLE_FORBIDDEN' });
    assert.deepEqual(off.hub.published, []);

    const { hub, parley, linked, fhircast } = await takeSeatAndSubscribe({}, { requestOpen: () => [PATIENT] });
    assert.equal(await parley.host.open({ kind: 'study', id: '1.2.3' }), true);
    const [asked] = hub.published;
    await hub.answerTo(asked?.id ?? '');
    assert.equal(linked(), '1.2.3', 'the hub tells it to everybody, the one who asked included');
    assert.deepEqual(asked?.event, {
      'hub.topic': TOPIC,
      'hub.event': 'ImagingStudy-open',
      context: [
        {
          key: 'study',
          resource: {
            resourceType: 'ImagingStudy',
            id: '1.2.3',
            identifier: [{ system: 'urn:dicom:uid', value: 'urn:oid:1.2.3' }],
            status: 'unknown',
            subject: { reference: 'Patient/503824b8' },
          },
        },
        PATIENT,
      ],
    });
    assert.equal(await parley.host.open({ kind: 'study', id: '1.2.3"}' }), false);
    await assert.rejects(fhircast.requestOpen({ kind: 'report', id: '1.2.3' }), { code: 'INVALID' });
    hub.refusals.push(409);
    assert.equal(await parley.host.open({ kind: 'study', id: '1.2.4' }), false, 'the hub did not take it');
    assert.equal(hub.published.length, 1);
  });
});
