import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartProblem } from '../settings.js';

const PROGRAMS = [...(process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'Orthanc')), '/usr/sbin/Orthanc'];
const DICOM_WEB = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';
const READY_WITHIN = 20_000;
const STOP_WITHIN = 8_000;

/** A real archive of images, as a hospital has one: Orthanc with DICOMweb, for this machine only, in a folder that goes with it. */
export class Orthanc {
  /** Its address. DICOMweb is below `/dicom-web`. */
  readonly url: string;
  /** Goes with every request: other people of this machine have no business there. */
  readonly authorization: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, url: string, password: string, folder: string) {
    this.#child = child;
    this.url = url;
    this.authorization = `Basic ${Buffer.from(`demo:${password}`).toString('base64')}`;
    this.#folder = folder;
  }

  /** @throws StartProblem when it is not installed, or does not start. */
  static async start(): Promise<Orthanc> {
    const program = await firstThere(PROGRAMS);
    if (program === null || (await firstThere([DICOM_WEB])) === null)
      throw new StartProblem('Orthanc with DICOMweb is not installed (Debian: apt-get install orthanc orthanc-dicomweb).');
    const folder = await mkdtemp(path.join(tmpdir(), 'parley-orthanc-'));
    const port = await freePort();
    const settings = path.join(folder, 'orthanc.json');
    const password = randomBytes(18).toString('base64url');
    await writeFile(settings, JSON.stringify(configuration(folder, port, password)));
    const child = spawn(program, [settings], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    const orthanc = new Orthanc(child, `http://127.0.0.1:${String(port)}`, password, folder);
    try {
      await orthanc.#untilReady(() => said);
    } catch (cause) {
      await orthanc.stop();
      throw cause;
    }
    return orthanc;
  }

  /** Puts a DICOM file into the archive. */
  async store(file: string): Promise<void> {
    const response = await fetch(`${this.url}/instances`, {
      method: 'POST',
      headers: { Authorization: this.authorization, 'Content-Type': 'application/dicom' },
      body: await readFile(file),
    });
    if (!response.ok) throw new Error(`Orthanc does not take ${file}: ${String(response.status)} ${await response.text()}`);
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    if (!hasEnded(this.#child)) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const hard = setTimeout(() => this.#child.kill('SIGKILL'), STOP_WITHIN);
      await gone;
      clearTimeout(hard);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #untilReady(said: () => string): Promise<void> {
    const deadline = performance.now() + READY_WITHIN;
    for (;;) {
      if (hasEnded(this.#child)) throw new StartProblem(`Orthanc did not start.\n${said().trim()}`);
      const headers = { Authorization: this.authorization };
      const answered = await fetch(`${this.url}/dicom-web/studies`, { headers, signal: AbortSignal.timeout(1_000) }).then(
        (response) => response.ok,
        () => false,
      );
      if (answered) return;
      if (performance.now() > deadline) throw new StartProblem(`Orthanc was not ready within ${String(READY_WITHIN / 1_000)} s.`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}

function configuration(folder: string, port: number, password: string) {
  return {
    Name: 'Demo archive',
    StorageDirectory: path.join(folder, 'images'),
    IndexDirectory: path.join(folder, 'index'),
    HttpPort: port,
    // This version cannot be told to listen on loopback alone; it answers nobody else. Who may see what, dicom-web.ts decides.
    RemoteAccessAllowed: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { demo: password },
    DicomServerEnabled: false,
    Plugins: [DICOM_WEB],
    DicomWeb: { Enable: true, Root: '/dicom-web/', EnableWado: false },
  };
}

async function firstThere(files: readonly string[]): Promise<string | null> {
  for (const file of files) {
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (there) return file;
  }
  return null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
