import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from '../../../support/random.js';
import type { Finding } from '../../checkers/finding.js';
import { Disk } from './disk.js';
import type { Step } from './trace.js';
import { ensureProgram, findProgram } from '../../../support/packages.js';

export interface PowerCutReport {
  cuts: number;
  /** Acknowledgements in the trace. */
  acknowledged: number;
  /** Flushes of the main file: each is a checkpoint that the trace crosses. */
  checkpoints: number;
  flushes: number;
  /** Over all cuts, the acknowledged messages that were gone, and the most at one cut. */
  lost: number;
  worst: number;
  findings: Finding[];
}

/** Null when the power cuts can be simulated here, otherwise why not. */
export function whyNoPowerCuts(): string | null {
  try {
    ensureProgram({ title: 'strace', package: 'strace', find: () => findProgram(['strace']) });
  } catch (error) {
    return (error as Error).message;
  }
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  return probe.status === 0 ? null : `strace may not trace here: ${probe.stderr.trim()}`;
}

/**
 * Cuts the power without a machine to switch off: of a recorded run with all that it wrote, flushed and acknowledged the disk is rebuilt
 * as it could have been at random moments, without what was not flushed, and opened again (G2).
 */
export async function replay(steps: readonly Step[], cuts: number, folder: string, random: Random): Promise<PowerCutReport> {
  const flushes = steps.filter((step) => step.type === 'flush');
  const first = steps.findIndex((step) => step.type === 'acknowledge');
  const report: PowerCutReport = {
    cuts,
    acknowledged: steps.filter((step) => step.type === 'acknowledge').length,
    checkpoints: flushes.filter((step) => !step.file.endsWith('-wal') && !step.file.endsWith('-journal')).length,
    flushes: flushes.length,
    lost: 0,
    worst: 0,
    findings: [],
  };
  if (first < 0) {
    report.findings.push({ check: 'nothing-proved', conversation: '', detail: 'the trace holds no acknowledgement: nothing was proved' });
    return report;
  }
  const moments = Array.from({ length: cuts }, () => first + 1 + random.below(steps.length - first)).sort((one, other) => one - other);
  const disk = new Disk();
  const acknowledged = new Set<string>();
  let taken = 0;
  for (const moment of moments) {
    for (; taken < moment; taken += 1) {
      const step = steps[taken];
      if (step === undefined) break;
      if (step.type === 'acknowledge') acknowledged.add(step.cid);
      else disk.take(step, taken);
    }
    const image = join(folder, `cut-${String(moment)}`);
    await disk.cut(image, random);
    const found = await inspect(image, acknowledged);
    await rm(image, { recursive: true, force: true });
    report.lost += found.lost;
    report.worst = Math.max(report.worst, found.lost);
    if (found.lost > 0) {
      report.findings.push({
        check: 'lost',
        conversation: '',
        detail: `power cut at step ${String(moment)}: ${String(found.lost)} of ${String(acknowledged.size)} acknowledged are gone`,
      });
    }
    if (found.damage !== null)
      report.findings.push({ check: 'chain', conversation: '', detail: `power cut at step ${String(moment)}: ${found.damage}` });
  }
  return report;
}

async function inspect(image: string, acknowledged: ReadonlySet<string>): Promise<{ lost: number; damage: string | null }> {
  const file = (await readdir(image)).find((name) => /\.(db|sqlite)$/.test(name));
  if (file === undefined) return { lost: acknowledged.size, damage: 'no database file' };
  const database = new DatabaseSync(join(image, file));
  try {
    const [integrity] = database.prepare('PRAGMA integrity_check').all();
    const damage = integrity?.['integrity_check'] === 'ok' ? null : `integrity: ${String(integrity?.['integrity_check'])}`;
    const present = new Set(
      database
        .prepare('SELECT cid FROM entries')
        .all()
        .map((row) => String(row['cid'])),
    );
    let lost = 0;
    for (const cid of acknowledged) if (!present.has(cid)) lost += 1;
    return { lost, damage };
  } catch (error) {
    return { lost: acknowledged.size, damage: error instanceof Error ? error.message : String(error) };
  } finally {
    database.close();
  }
}
