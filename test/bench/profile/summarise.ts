/** A processor profile as V8 writes it (`--cpu-prof`), as far as it is read here. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  /** Microseconds of the machine's monotonic clock, as `process.hrtime` has them. */
  startTime: number;
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
}

export interface Share {
  /** Function, file and line. */
  name: string;
  /** Of the time in which the thread was not idle. */
  share: number;
}

export interface ProfileSummary {
  /** Milliseconds. */
  total: number;
  /** Of the total. */
  idle: number;
  /** Of the time that was not idle. */
  collector: number;
  /** In the function itself, the most first. */
  self: Share[];
  /** With what it calls; a function that calls itself counts once. */
  inclusive: Share[];
  /** In the functions of each file or package, the most first. */
  modules: Share[];
}

/** Functions of each kind that are printed. */
const SHOWN = 25;
/** Folders of the project: what else a path begins with is a package. */
const OWN: ReadonlySet<string> = new Set(['server', 'sdk', 'test']);
const ENGINE = '(engine)';
const IDLE = '(idle)';
const COLLECTOR = '(garbage collector)';

/** Where the time of one thread went after `from`, in microseconds of the same clock; `most` functions of each kind. */
export function summarise(
  { nodes, samples, startTime, timeDeltas }: CpuProfile,
  { most = Number.POSITIVE_INFINITY, from = 0 }: { most?: number; from?: number } = {},
): ProfileSummary {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const names = new Map(nodes.map((node) => [node.id, nameOf(node.callFrame)]));
  const spent = new Map<number, number>();
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0;
    at += delta;
    if (at > from) spent.set(id, (spent.get(id) ?? 0) + delta);
  }
  const self = new Map<string, number>();
  const inclusive = new Map<string, number>();
  for (const [id, time] of spent) {
    add(self, names.get(id) ?? '', time);
    const above = new Set<string>();
    for (let node: number | undefined = id; node !== undefined && byId.has(node); node = parents.get(node))
      above.add(names.get(node) ?? '');
    for (const name of above) add(inclusive, name, time);
  }
  const total = [...spent.values()].reduce((sum, time) => sum + time, 0);
  const idle = self.get(IDLE) ?? 0;
  const busy = Math.max(1, total - idle);
  const shares = (of: ReadonlyMap<string, number>): Share[] =>
    [...of]
      .filter(([name]) => name !== IDLE && name !== '(root)')
      .sort(([, one], [, other]) => other - one)
      .slice(0, most)
      .map(([name, time]) => ({ name, share: time / busy }));
  return {
    total: total / 1_000,
    idle: total === 0 ? 0 : idle / total,
    collector: (self.get(COLLECTOR) ?? 0) / busy,
    self: shares(self),
    inclusive: shares(inclusive),
    modules: shares(byModule(self)),
  };
}

/** Which thread it is: the one file of the storage's threads that runs in it, or the main one. */
export function threadOf({ nodes }: CpuProfile): string {
  const found = nodes.flatMap(({ callFrame }) => /\/storage\/sqlite\/(writer|reader|verifier)\.js$/.exec(callFrame.url)?.[1] ?? []);
  return found.length > 0 ? `storage, ${String(found[0])}` : 'main thread';
}

export function profileLines(title: string, { total, idle, collector, self, inclusive }: ProfileSummary): string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;
  const list = (shares: readonly Share[]): string[] => shares.slice(0, SHOWN).map(({ name, share }) => `${percent(share)}  ${name}`);
  const head = `${title}: ${(total / 1_000).toFixed(1)} s, idle${percent(idle)}; of the rest, garbage collector${percent(collector)}`;
  return [head, '', 'self', ...list(self), '', 'with what it calls', ...list(inclusive), ''];
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  // Without the folders of this machine; a package may have a folder `dist` of its own.
  return `${name}  ${url.replace(/^.*\/node_modules\/|^.*\/dist\//, '')}:${String(lineNumber + 1)}`;
}

/** A package is one module; what has no file is the engine's, such as its collector and its own functions. */
function byModule(self: ReadonlyMap<string, number>): Map<string, number> {
  const modules = new Map<string, number>();
  for (const [name, time] of self) {
    const [, file] = name.split('  ');
    const module = file
      ?.replace(/:\d+$/, '')
      .replace(/^((?:@[^/]+\/)?[^/]+)\/.*\.(?:c|m)?js$/, (path, first: string) => (OWN.has(first) ? path : first));
    add(modules, module ?? (name === IDLE || name === '(root)' ? name : ENGINE), time);
  }
  return modules;
}

function add(to: Map<string, number>, name: string, time: number): void {
  to.set(name, (to.get(name) ?? 0) + time);
}
