import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import dicomParser from 'dicom-parser';
import { jwtVerify } from 'jose';
import { imageCount } from '../../demo-host/dicom/archive.js';
import { people } from '../../demo-host/people.js';
import { findResource } from '../../demo-host/resources.js';
import { studies } from '../../demo-host/studies.js';
import { tenantOf } from '../../demo-host/tenants.js';
import { DEMO_PAGES } from './demo-pages.js';
import { startDemoHost } from './host.js';
import type { TestHost } from './host.js';

const SECRET = 'a secret of a test that is long enough';
/** One of each sort of pictures. */
const sorts = [...new Map(studies.map((study) => [study.pictures.of, study])).values()];
let host: TestHost;

before(async () => {
  host = await startDemoHost(SECRET, sorts);
});
after(() => host.stop());

test('the token endpoint signs in whom one chose, for at most 15 minutes, and nobody else', async () => {
  const response = await host.get('/api/token?as=mia');
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const { payload } = await jwtVerify(await response.text(), new TextEncoder().encode(SECRET), { audience: 'parley' });
  assert.equal(payload.sub, 'mia');
  assert.equal(payload['tenant'], 'st-anna');
  assert.equal(payload['initiate'], undefined);
  assert.ok((payload.exp ?? 0) - (payload.iat ?? 0) <= 900);
  assert.equal((await host.get('/api/token?as=nobody')).status, 401);
  assert.equal((await host.get('/api/token')).status, 401);
  assert.equal((await host.get('/api/token?as=sam')).status, 403, 'a program is nobody to sign in as');
});

test('everybody has an id, an address and a host of their own tenant, and some may not start conversations', () => {
  assert.equal(new Set(people.map((person) => person.id)).size, people.length);
  assert.equal(new Set(people.map((person) => person.email)).size, people.length);
  for (const person of people) assert.ok(tenantOf(person.tenant).hosts.includes(person.host), person.id);
  for (const [host, least] of [
    ['mail', 12],
    ['console', 15],
  ] as const)
    assert.ok(people.filter((person) => person.host === host).length >= least, host);
  assert.ok(people.some((person) => !person.initiate));
  assert.ok(people.some((person) => person.chat === 'none') && people.some((person) => person.chat === 'unavailable'));
});

test('who works for two regions gets a token for the one they chose, and nobody for a region of others', async () => {
  const response = await host.get('/api/token?as=olga&region=south-region');
  const { payload } = await jwtVerify(await response.text(), new TextEncoder().encode(SECRET), { audience: 'parley' });
  assert.equal(payload['tenant'], 'south-region');
  assert.equal((await host.get('/api/token?as=david&region=south-region')).status, 403);
  assert.equal((await host.get('/api/token?as=olga&region=st-anna')).status, 403);
  const listed = (await (await host.get('/api/resources?as=olga&region=south-region')).json()) as { id: string }[];
  assert.ok(listed.length > 0 && listed.every(({ id }) => findResource(id)?.tenant === 'south-region'));
});

test('[S21] an examination is for radiology and for whoever asked for it; others may not see it', async () => {
  const [thorax] = studies;
  assert.ok(thorax);
  const statusFor = async (as: string) => (await host.get(`/api/studies/${thorax.uid}?as=${as}`)).status;
  assert.equal(await statusFor('anna'), 200);
  assert.equal(await statusFor('mark'), 200);
  assert.equal(await statusFor('tomas'), 403);
  assert.equal(await statusFor('olga'), 403, 'another tenant');
  const refused = await host.get(`/api/studies/${thorax.uid}?as=tomas`);
  assert.deepEqual(await refused.json(), { denied: true, reason: 'You may not see this' });
  assert.equal((await host.get(`/api/studies/${thorax.uid}/images/1?as=tomas`)).status, 403);
  assert.equal((await host.get(`/api/studies/1.2.3?as=anna`)).status, 404);
  const listed = (await (await host.get('/api/studies?as=tomas')).json()) as { uid: string }[];
  assert.ok(listed.length > 0 && listed.every(({ uid }) => uid !== thorax.uid));
});

test('[E17] a resource is for its tenant, and some for some roles only', async () => {
  assert.equal((await host.get('/api/resources/harbour-iso?as=olga')).status, 200);
  assert.equal((await host.get('/api/resources/harbour-iso?as=amara')).status, 403);
  assert.equal((await host.get('/api/resources/harbour-iso?as=anna')).status, 403);
  assert.equal((await host.get('/api/resources/nowhere?as=olga')).status, 404);
});

for (const study of sorts) {
  test(`the images of ${study.description} are DICOM with an invented patient and pixels that show something`, async () => {
    const as = study.tenant === 'st-anna' ? 'anna' : 'yuki';
    const response = await host.get(`/api/studies/${study.uid}/images/1?as=${as}`);
    assert.equal(response.headers.get('content-type'), 'application/dicom');
    const file = dicomParser.parseDicom(new Uint8Array(await response.arrayBuffer()));
    assert.equal(file.string('x0020000d'), study.uid);
    assert.equal(file.string('x00100010'), study.patient.name.replace(', ', '^'));
    const rows = file.uint16('x00280010') ?? 0;
    const columns = file.uint16('x00280011') ?? 0;
    const pixels = file.elements['x7fe00010'];
    assert.ok(pixels);
    assert.equal(pixels.length, rows * columns * 2);
    const values = new Set(file.byteArray.subarray(pixels.dataOffset, pixels.dataOffset + pixels.length));
    assert.ok(values.size > 100, 'many shades');
    assert.equal((await host.get(`/api/studies/${study.uid}/images/${String(imageCount(study))}?as=${as}`)).status, 200);
    assert.equal((await host.get(`/api/studies/${study.uid}/images/${String(imageCount(study) + 1)}?as=${as}`)).status, 404);
  });
}

test('[attack 63] every page has a policy that allows nothing inline, and names only this host and the Parley server', async () => {
  for (const page of DEMO_PAGES) {
    const response = await host.get(page);
    assert.equal(response.status, 200, page);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /^default-src 'none';/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.match(policy, /script-src 'self' http:\/\/127\.0\.0\.1:4100;/);
    const html = await response.text();
    assert.doesNotMatch(html, /\{\{|<style|[\s"]style="|\son[a-z]+="/, 'nothing that such a policy would refuse');
  }
});
