import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createParley, ParleyError, type ContextLink } from '#sdk';
import { iid, isDicomUid, type LinkTemplate, mid, ohif, opensBy, template, weasis } from 'parley-chat/links';
import { FakeServer } from '../support/fake-server.js';

const STUDY = '1.2.840.113619.2.55.3';
const study = (id: string, context?: Record<string, string>): ContextLink => ({ kind: 'study', id, ...(context ? { context } : {}) });
const refused = (error: unknown): boolean => error instanceof ParleyError && error.code === 'INVALID';
const inUrl = fc.string({ unit: 'binary', minLength: 1, maxLength: 64 });
/** A list of numbers, also such that begin with zeros. */
const uids = fc
  .array(fc.tuple(fc.constantFrom('', '0', '00'), fc.bigInt({ min: 0n, max: 10n ** 12n })), { minLength: 1, maxLength: 6 })
  .map((components) => components.map(([zeros, number]) => `${zeros}${number}`).join('.'))
  .filter((uid) => uid.length <= 64);

describe('links to the items of hosts', () => {
  it('[S21] a DICOM UID is numbers with dots between them, at most 64 characters, as archives hold them', () => {
    fc.assert(fc.property(uids, (uid) => isDicomUid(uid)));
    fc.assert(
      fc.property(inUrl, (text) => {
        const components = text.split('.');
        const isOne = text.length <= 64 && components.every((part) => /^[0-9]+$/.test(part));
        assert.equal(isDicomUid(text), isOne);
      }),
    );
    for (const wrong of ['', '1.', '.1', '1..2', '1.2 ', '1.٢', '1.2\n', '-1.2', '1'.repeat(65), 'urn:oid:1.2', 5, null, undefined])
      assert.equal(isDicomUid(wrong), false, String(wrong));
  });

  it('[S21] opens a study in OHIF, at a series and an instance', () => {
    const link = ohif({ viewer: 'https://viewer.example.org/' });
    assert.equal(link(study(STUDY)), `https://viewer.example.org/viewer?StudyInstanceUIDs=${STUDY}`);
    assert.equal(
      ohif({ viewer: 'https://viewer.example.org/ohif', mode: 'segmentation', hangingProtocol: '@ohif/mnGrid' })(
        study(STUDY, { series: '1.2.3', instance: '1.2.3.4', frame: '7' }),
      ),
      `https://viewer.example.org/ohif/segmentation?StudyInstanceUIDs=${STUDY}&initialSeriesInstanceUID=1.2.3&initialSopInstanceUID=1.2.3.4&hangingprotocolId=%40ohif%2FmnGrid`,
    );
    assert.throws(() => link(study(STUDY, { series: '2&StudyInstanceUIDs=9' })), refused);
  });

  it('[S21] asks an image display of IHE for a study by its UID or its accession number', () => {
    assert.equal(
      iid({ display: 'https://pacs.example.org', viewerType: 'IHE_BIR', diagnosticQuality: true })(study(STUDY)),
      `https://pacs.example.org/IHEInvokeImageDisplay?requestType=STUDY&studyUID=${STUDY}&viewerType=IHE_BIR&diagnosticQuality=true`,
    );
    const byAccession = iid({ display: 'https://pacs.example.org/web', by: 'accession' });
    assert.equal(
      byAccession(study('GH 33/98&x')),
      'https://pacs.example.org/web/IHEInvokeImageDisplay?requestType=STUDY&accessionNumber=GH%2033%2F98%26x',
    );
    for (const wrong of ['', ' ', 'a,b', 'a\\b', 'x'.repeat(17), 'a\nb']) assert.throws(() => byAccession(study(wrong)), refused, wrong);
    assert.throws(() => iid({ display: 'https://pacs.example.org', viewerType: 'A&b=c' }), refused);
  });

  it('[S21] hands a study to Weasis as one encoded command', () => {
    const address = weasis({ dicomweb: 'https://pacs.example.org/dicom-web/' })(study(STUDY));
    assert.match(address, /^weasis:\/\/[\w%.-]+$/);
    assert.equal(
      decodeURIComponent(address.slice('weasis://'.length)),
      `$dicom:rs --url "https://pacs.example.org/dicom-web" -r "studyUID=${STUDY}"`,
    );
    assert.throws(() => weasis({ dicomweb: 'https://pacs.example.org/" -H "x' }), refused);
  });

  it('[S21] names a mail by its Message-ID', () => {
    const link = mid();
    assert.equal(link({ kind: 'mail', id: '<960830.1639@example.org>' }), 'mid:960830.1639@example.org');
    assert.equal(link({ kind: 'mail', id: 'a/b?c#d%e@example.org' }), 'mid:a%2Fb%3Fc%23d%25e@example.org');
    for (const wrong of ['', 'nobody', '<a@b', 'a@b>', 'a@b@c', 'a b@c', '<@b>', 'a@', 'a@b\r\nBcc: c@d'])
      assert.throws(() => link({ kind: 'mail', id: wrong }), refused, wrong);
  });

  it('[S21] writes an address of the host after its own template', () => {
    const link = template('https://his.example/orders/{id}{?tab,page}', { uids: ['series'] });
    assert.equal(link({ kind: 'order', id: 'A/1 ü' }), 'https://his.example/orders/A%2F1%20%C3%BC');
    assert.equal(link({ kind: 'order', id: '7', context: { page: '2' } }), 'https://his.example/orders/7?page=2');
    assert.equal(
      template('https://his.example/?open={kind}{&id,series}', { uids: ['series'] })(study('1.2', { series: '1.3' })),
      'https://his.example/?open=study&id=1.2&series=1.3',
    );
    assert.equal(template('acme-pacs:open/{id}', { schemes: ['acme-pacs'] })(study('1.2')), 'acme-pacs:open/1.2');
    assert.throws(() => template('https://his.example/{id}/{tab}')({ kind: 'order', id: '7' }), refused, 'half an address');
    assert.throws(() => template('https://his.example/{series}', { uids: ['series'] })(study('1', { series: 'x' })), refused);
    assert.throws(() => template('https://his.example/{constructor}')(study('1', {})), refused, 'what every object has is no context');
  });

  it('[attack 52] a template cannot be made whose scheme or host an id would decide', () => {
    for (const wrong of [
      '',
      '{id}',
      'javascript:open({id})',
      'JavaScript:x{id}',
      'data:text/html,{id}',
      'https://{id}',
      'https://{id}.example.org/',
      'https://example.org{id}',
      'https://example.org:{id}/',
      'https://user@{id}/',
      'https:{id}',
      'ftp://example.org/{id}',
      'https://example.org/{+id}',
      'https://example.org/{id',
      'https://example.org/\\{id}',
      'https://example.org/ {id}',
    ])
      assert.throws(() => template(wrong), refused, wrong);
    assert.throws(() => template('javascript:{id}', { schemes: ['javascript'] }), refused, 'not even if the host says so');
    for (const viewer of [
      '',
      'viewer',
      'javascript:x',
      'https://a.example/?x=',
      'https://a.example/#',
      'https://u:p@a.example',
      'https://a.example/"x',
    ])
      assert.throws(() => ohif({ viewer }), refused, viewer);
    assert.throws(() => ohif({ viewer: 'https://a.example', mode: '../admin' }), refused);
  });

  it('[attack 53] whatever comes in a link, the address is the template’s with one value in its place, or it is refused', () => {
    const made: [LinkTemplate, (url: URL) => string | null][] = [
      [template('https://his.example/items/{id}/view?a=1'), (url) => decodeURIComponent(url.pathname.split('/')[2] ?? '')],
      [template('https://his.example/items?a=1&id={id}'), (url) => url.searchParams.get('id')],
      [template('https://his.example/items?a=1#{id}'), (url) => decodeURIComponent(url.hash.slice(1))],
      [ohif({ viewer: 'https://his.example' }), (url) => url.searchParams.get('StudyInstanceUIDs')],
      [iid({ display: 'https://his.example' }), (url) => url.searchParams.get('studyUID')],
      [iid({ display: 'https://his.example', by: 'accession' }), (url) => url.searchParams.get('accessionNumber')],
    ];
    const ids = fc.oneof(uids, inUrl, fc.constantFrom('.', '..', '../..', '%2e%2e', '//evil.example', '1.2&a=2', '\ud800', "'()*!"));
    fc.assert(
      fc.property(ids, fc.constantFrom(...made), (id, [link, valueIn]) => {
        let address: string;
        try {
          address = link(study(id));
        } catch (error) {
          return refused(error);
        }
        const url = new URL(address);
        assert.equal(url.origin, 'https://his.example');
        assert.equal(valueIn(url), id);
        assert.equal(url.href, address, 'nothing in it that a browser would read in another way');
        assert.ok([...url.searchParams.keys()].length <= 2);
        assert.equal(url.pathname.split('/').length, new URL(link(study('1'))).pathname.split('/').length);
        return true;
      }),
      { numRuns: 500 },
    );
  });

  it('[S21] opens by the host context: the address of what was clicked, and no address of what does not fit', async () => {
    const opened: string[] = [];
    const environment = new FakeServer().environment();
    const host = { study: { noun: 'examination', ...opensBy(ohif({ viewer: 'https://viewer.example.org' }), (to) => opened.push(to)) } };
    const parley = createParley({ server: 'http://parley.test', token: () => 't', environment, host });
    assert.equal(await parley.host.open(study(STUDY)), true);
    assert.equal(await parley.host.open(study('1.2"><script>')), false);
    assert.deepEqual(opened, [`https://viewer.example.org/viewer?StudyInstanceUIDs=${STUDY}`]);
    parley.dispose();
  });
});
