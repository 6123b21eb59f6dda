import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parleyExtension } from 'parley-chat/adapters/ohif';
import { isDicomUid, ohif } from 'parley-chat/links';
import { currentStudy } from '../../../widgets/adapters/ohif/current-study.js';
import { describeStudy, findStudy } from '../../../widgets/adapters/ohif/found-study.js';
import { ViewerReact } from '../../../widgets/adapters/ohif/host-react.js';
import { studyAddress } from '../../../widgets/adapters/ohif/study-address.js';
import { coreMessages as english } from '../../../widgets/internal/messages/en-core.js';
import { core as arabic } from '../../../widgets/locales/ar/core.js';
import type { AppConfig, ExtensionManager, FoundStudy, ServicesManager } from '../../../widgets/adapters/ohif/viewer.js';

/** A viewer whose archive answers this to every question, and notes the questions. */
function archive(answer: readonly FoundStudy[] | undefined): { manager: ExtensionManager; asked: object[] } {
  const asked: object[] = [];
  const search = (params: object): Promise<typeof answer> => {
    asked.push(params);
    return Promise.resolve(answer);
  };
  return { manager: { getActiveDataSource: () => [{ query: { studies: { search } } }] }, asked };
}

/** A viewer with this study in its only viewport. */
function viewerWith(study: string): ServicesManager {
  return {
    services: {
      viewportGridService: { getActiveViewportId: () => 'one', getDisplaySetsUIDsForViewport: () => ['a'] },
      displaySetService: { getDisplaySetByUID: () => ({ StudyInstanceUID: study }) },
    },
  } as unknown as ServicesManager;
}

describe('the adapter for OHIF', () => {
  it('[S21] goes to another study in the mode that is open, and keeps what the address says about the viewer', () => {
    const now = { pathname: '/tmtv', search: '?StudyInstanceUIDs=1.2&initialSeriesInstanceUID=1.2.3&hangingprotocolId=x&datasources=a' };
    const study = { kind: 'study', id: '1.9' };
    assert.equal(studyAddress(now, '/', null, study), '/tmtv?datasources=a&StudyInstanceUIDs=1.9');
    assert.equal(studyAddress({ pathname: '/ohif/viewer/a', search: '' }, '/ohif/', null, study), '/viewer/a?StudyInstanceUIDs=1.9');
    assert.equal(studyAddress({ pathname: '/ohif/', search: '?mrn=7' }, '/ohif', 'viewer', study), '/viewer?mrn=7&StudyInstanceUIDs=1.9');
  });

  it('[S21] goes to the series and the image that a link of another host names, and nowhere when these are none', () => {
    const now = { pathname: '/viewer', search: '?initialSeriesInstanceUID=7.7' };
    const link = (context: Record<string, string>) => ({ kind: 'study', id: '1.9', context });
    assert.equal(
      studyAddress(now, '', null, link({ series: '1.9.1', instance: '1.9.1.4', other: 'x' })),
      '/viewer?StudyInstanceUIDs=1.9&initialSeriesInstanceUID=1.9.1&initialSopInstanceUID=1.9.1.4',
    );
    assert.throws(() => studyAddress(now, '', null, link({ series: '1.9&x=1' })), TypeError);
  });

  it('[S21] asks the archive for nothing that is no UID of DICOM', async () => {
    const { manager, asked } = archive([{ studyInstanceUid: '1.2' }]);
    for (const id of ['', '1.', '.1', '1..2', '1.2*', '1.2\\1.3', '1.2&limit=9', '../1.2', `1.${'2'.repeat(63)}`])
      assert.equal(await findStudy(manager, id), null, id);
    assert.deepEqual(asked, []);
  });

  it('[S17, S21] links, asks for and opens what an archive holds, by the rule of the links, also dates as old devices write them', async () => {
    const dated = '1.2.840.113619.2.55.20080520.091523';
    assert.deepEqual(await findStudy(archive([{ studyInstanceUid: dated }]).manager, dated), { studyInstanceUid: dated });
    assert.deepEqual(currentStudy(viewerWith(dated), 'study'), { kind: 'study', id: dated });
    assert.equal(
      ohif({ viewer: 'https://v.example' })({ kind: 'study', id: dated }),
      `https://v.example/viewer?StudyInstanceUIDs=${dated}`,
    );
    const ids = fc.oneof(fc.string({ maxLength: 70 }), fc.stringMatching(/^[0-9.]{1,66}$/));
    fc.assert(fc.property(ids, (id) => (currentStudy(viewerWith(id), 'study') !== null) === isDicomUid(id)));
  });

  it('[S21] takes no other study for the one of the link, from an archive that answers with all it has', async () => {
    const { manager } = archive([{ studyInstanceUid: '1.3', patientName: 'Somebody Else' }]);
    assert.equal(await findStudy(manager, '1.2'), null);
    assert.equal(await findStudy(archive(undefined).manager, '1.2'), null);
    await assert.rejects(findStudy({ getActiveDataSource: () => undefined }, '1.2'));
  });

  it('[S21] says what the archive knows and nothing in the place of what it does not', () => {
    const whole = { description: 'CT Thorax', patientName: 'Example, Erika', date: '20261120', accession: 'A-1' };
    assert.deepEqual(describeStudy(whole, 'en-GB'), { title: 'CT Thorax', subtitle: 'Example, Erika · 20 Nov 2026 · A-1' });
    assert.deepEqual(describeStudy({ modalities: 'CT', date: '2026' }, 'en'), { title: 'CT', subtitle: '' });
  });

  it('[S17] has no current study in an empty viewport, nor without one', () => {
    const viewer = (active: string | null, sets: string[]): ServicesManager =>
      ({
        services: {
          viewportGridService: { getActiveViewportId: () => active, getDisplaySetsUIDsForViewport: () => sets },
          displaySetService: { getDisplaySetByUID: (uid: string) => (uid === 'a' ? { StudyInstanceUID: '1.2' } : undefined) },
        },
      }) as unknown as ServicesManager;
    assert.equal(currentStudy(viewer(null, ['a']), 'study'), null);
    assert.equal(currentStudy(viewer('one', []), 'study'), null);
    assert.equal(currentStudy(viewer('one', ['gone']), 'study'), null);
    assert.deepEqual(currentStudy(viewer('one', ['a']), 'study'), { kind: 'study', id: '1.2' });
  });

  it('[S12] the panel is labelled in the language of the reader, or as the host says', () => {
    const labels = (options: { locale?: string; label?: string }): unknown[] =>
      parleyExtension({ server: 'https://chat.example', token: () => '', ...options })
        .getPanelModule()
        .map((panel) => [(panel as { label: string }).label, (panel as { iconLabel: string }).iconLabel]);
    assert.deepEqual(labels({ locale: 'ar-EG' }), [[arabic.chat, arabic.chat]]);
    assert.deepEqual(labels({ locale: 'AR' }), [[arabic.chat, arabic.chat]]);
    assert.notEqual(arabic.chat, english.chat);
    for (const locale of ['en', 'tlh', 'constructor', '-']) assert.deepEqual(labels({ locale }), [[english.chat, english.chat]], locale);
    assert.deepEqual(labels({ locale: 'ar', label: 'Team' }), [['Team', 'Team']]);
  });

  it('meets the React of the viewer where it draws the logo, and leaves the host its own logo', () => {
    const appConfig: AppConfig = { whiteLabeling: { createLogoComponentFn: (_react, props) => ({ logo: props }) } };
    const react = new ViewerReact(null);
    react.waitFor(appConfig);
    const box = react.box({ height: '100%' }, () => undefined);
    const made: unknown[] = [];
    const theirs = { createElement: (type: string, props: object) => made.push([type, props]) };
    assert.deepEqual(appConfig.whiteLabeling?.createLogoComponentFn?.(theirs, { of: 'the host' }), { logo: { of: 'the host' } });
    box();
    box();
    // The same properties at each drawing: others would take the chat out of the page and put it back.
    assert.equal(made.length, 2);
    assert.equal((made[0] as unknown[])[1], (made[1] as unknown[])[1]);
  });
});
