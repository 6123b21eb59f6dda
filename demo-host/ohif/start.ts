import { createServer } from 'node:http';
import path from 'node:path';
import { createParley } from 'parley-chat';
import { isFirstStart, seedConversations, type Scene } from '../colleague/first-conversations.js';
import { dicomArchive, imageCount, imagePath } from '../dicom/archive.js';
import { ParleyBackend } from '../parley-backend.js';
import { ParleyProcess } from '../parley-process.js';
import { findPerson, type DemoPerson } from '../people.js';
import { close, listen, runUntilInterrupted, say } from '../program.js';
import { demoSecret } from '../secret.js';
import { readSettings, StartProblem } from '../settings.js';
import { studies } from '../studies.js';
import { setUpTenants } from '../tenant-setup.js';
import { tokenFor } from '../token.js';
import { Orthanc } from './orthanc.js';
import { viewerFiles } from './viewer-package.js';
import { viewerSite } from './viewer-site.js';

/** Of two patients. Mark has asked for Erika's, and may not see Otto's. */
const SHOWN = ['A-26-118150', 'A-25-090113', 'A-26-118231', 'A-26-118240'];
const archived = studies.filter(({ accession }) => SHOWN.includes(accession));

const FIRST_CHAT: readonly Scene[] = [
  { people: ['mark', 'anna'], lines: [{ by: 'mark', text: 'Hi Anna, which of her examinations shall I look at?' }] },
];

/** Each at a viewer of their own: another port is another origin, with its own sign-in. */
const people: readonly DemoPerson[] = ['anna', 'mark'].map((id) => {
  const person = findPerson(id);
  if (!person) throw new Error(`${id} is nobody`);
  return person;
});

async function start(): Promise<() => Promise<void>> {
  const settings = readSettings(process.env);
  const ports = people.map((_, index) => settings.port + index);
  if (ports.includes(settings.parleyPort)) throw new StartProblem('PARLEY_PORT is one of the viewers’ ports; set another one.');
  const data = path.resolve(settings.data, 'ohif');
  const secret = await demoSecret(data);
  const stopping: (() => Promise<void>)[] = [];
  // All at once: Ctrl-C reaches the servers too, whose end must not come as a surprise.
  const stop = async () => {
    await Promise.all(stopping.map((step) => step()));
  };
  try {
    const parley = new ParleyProcess({
      port: settings.parleyPort,
      data,
      secretFile: secret.file,
      origins: ports.flatMap((port) => ['localhost', '127.0.0.1'].map((name) => `http://${name}:${String(port)}`)),
      env: process.env,
      tell: say,
    });
    stopping.push(() => parley.stop());
    const orthanc = await Orthanc.start();
    stopping.push(() => orthanc.stop());
    const [viewer, images] = await Promise.all([viewerFiles(say), dicomArchive(data, archived), parley.start()]);
    for (const [index, person] of people.entries()) {
      const site = viewerSite({ viewer, archive: orthanc, person, secret: secret.value, parleyPort: settings.parleyPort });
      const server = createServer(site);
      await listen(server, settings.port + index, 'PARLEY_DEMO_PORT');
      stopping.push(() => close(server));
    }
    await Promise.all([fill(orthanc, images), setUpTenants(new ParleyBackend(parley.url, secret.value))]);
    await beginToTalk(parley.url, secret.value);
  } catch (cause) {
    await stop();
    throw cause;
  }
  say(`
Two viewers are ready.

${people.map(({ name }, index) => `  ${name.padEnd(24)}http://localhost:${String(settings.port + index)}/`).join('\n')}

Open an examination, then press Chat. The Parley server listens on port ${String(settings.parleyPort)}. Ctrl-C stops all of it.`);
  return stop;
}

async function fill(orthanc: Orthanc, images: string): Promise<void> {
  for (const study of archived)
    for (let index = 0; index < imageCount(study); index++) await orthanc.store(imagePath(images, study, index));
}

/** A link needs a chat to go to: on an empty store, the two have one. */
async function beginToTalk(parley: string, secret: string): Promise<void> {
  const [anna] = people;
  if (!anna) return;
  const client = createParley({ server: parley, token: () => tokenFor(anna, secret) });
  try {
    if (await isFirstStart(await client.connect())) await seedConversations(parley, secret, FIRST_CHAT);
  } finally {
    await client.end();
    client.dispose();
  }
}

runUntilInterrupted(start);
