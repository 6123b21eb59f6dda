import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { ERRORS } from '#protocol';
import { runCommand } from '../../server/cli/main.js';
import { mintToken } from '../../server/token.js';
import { SECRET, TENANT, startServer } from '../support/server.js';
import { eventually } from '../support/eventually.js';
import { read } from './bill-of-materials.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}
interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; refId: string }[];
}

const rules = (parse(read('server/deploy/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('server/deploy/grafana-dashboard.json')) as {
  panels: Panel[];
  templating: { list: { name: string }[] };
};
const expressions = [
  ...rules.map(({ alert, expr }) => ({ of: alert, expr })),
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ of: title, expr }))),
];

/** What a server exports that was used, refused and checked: by metric its type, and by label what was in it. */
const exported = new Map<string, { type: string; labels: Map<string, Set<string>> }>();

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-metrics-'));
  // Nobody serves this key set.
  const jwksUrl = 'http://127.0.0.1:9/jwks';
  const server = await startServer({
    anchors: folder,
    jwksUrl,
    timings: { anchors: 50, verifyFirst: 50 },
    parts: { processMetrics: true },
  });
  const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const chat = await alice.startConversation('bob');
  await alice.send(chat, 'one');
  await alice.command('receipt:mark', { conversation: chat, read: 1 });
  await alice.answer('message:send', { as: 'alice' });
  await alice.answer('constructor', { as: 'alice' });
  const who = { sub: 'eve', tenant: TENANT, name: 'Eve' };
  const [{ privateKey }] = [JSON.parse((await runCommand(['keys', 'generate'], {})).lines.join('')) as { privateKey: object }];
  const tokens = [
    'x',
    await mintToken({ ...who, secret: `${SECRET}!` }),
    await mintToken({ ...who, secret: SECRET, lifetime: 86_000 }),
    await mintToken({ ...who, secret: SECRET, tenant: '' }),
    await mintToken({ ...who, key: privateKey }),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`,
  ];
  for (const token of tokens) await assert.rejects(server.connect('eve', { token }));
  const text = await eventually(async () => {
    const said = await (await fetch(`${server.url}/metrics`)).text();
    return said.includes('parley_verify_passes_total{') && said.includes('parley_anchors_total{') ? said : undefined;
  }, 'the check of the archive');
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) exported.set(name, { type, labels: new Map() });
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)\{([^}]*)\}/gm)) {
    const known = metricOf(name)?.labels;
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g))
      known?.set(label, (known.get(label) ?? new Set()).add(value));
  }
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
});

/** Of a histogram there are three series, and none of its own name. */
function metricOf(series: string): { type: string; labels: Map<string, Set<string>> } | undefined {
  const base = exported.get(series.replace(/_(?:bucket|sum|count)$/, ''));
  return base?.type === 'histogram' && base !== exported.get(series) ? base : exported.get(series);
}

/** Prometheus puts these to every series; the first is its own. */
const TARGET_LABELS = new Set(['job', 'instance']);
/** What cannot be provoked here without breaking a disk. */
const RARE = new Set(['failed', ...Object.keys(ERRORS)]);

test('every series, label and value that an alert or a panel names is one that a server exports', () => {
  assert.ok(expressions.length > 30);
  for (const { of, expr } of expressions) {
    const named = [...expr.matchAll(/\b((?:parley|process|nodejs)_\w+|up\b)(?:\{([^}]*)\})?/g)];
    assert.ok(named.length > 0, of);
    for (const [, series = '', selector = ''] of named) {
      if (series === 'up') continue;
      const metric = metricOf(series);
      assert.ok(metric, `${of}: ${series}`);
      assert.notEqual(
        metric === exported.get(series) && metric.type,
        'histogram',
        `${of}: ${series} is a histogram and has no value itself`,
      );
      assert.match(selector, /job=/, `${of}: ${series} of every job`);
      for (const [, label = '', operator = '', value = ''] of selector.matchAll(/(\w+)(=~|!=|!~|=)"([^"]*)"/g)) {
        if (TARGET_LABELS.has(label)) continue;
        const values = metric.labels.get(label);
        assert.ok(values, `${of}: ${series} has no label ${label}`);
        for (const each of operator.includes('~') ? value.split('|') : [value])
          assert.ok(values.has(each) || RARE.has(each), `${of}: ${series} never has ${label}="${each}"`);
      }
    }
    for (const [, labels = ''] of expr.matchAll(/\bby \(([^)]*)\)/g))
      for (const label of labels.split(',').map((each) => each.trim()))
        assert.ok(
          label === 'le' || TARGET_LABELS.has(label) || named.some(([, series = '']) => metricOf(series)?.labels.has(label)),
          `${of}: by ${label}`,
        );
    assert.equal(expr.match(/[({[]/g)?.length ?? 0, expr.match(/[)}\]]/g)?.length ?? 0, of);
  }
});

test('everything that a server exports of itself is shown on the dashboard', () => {
  const shown = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)).join('\n');
  assert.deepEqual(
    [...exported.keys()].filter((name) => name.startsWith('parley_') && !shown.includes(name)),
    [],
  );
});

test('every alert says how urgent it is, what happened and what to do, and names commands that there are', async () => {
  assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
  const { lines } = await runCommand(['--help'], {});
  for (const { alert, labels, annotations } of rules) {
    assert.ok(['page', 'ticket'].includes(labels.severity), alert);
    assert.ok(annotations.summary && annotations.description, alert);
    for (const [, command = ''] of annotations.description.matchAll(/`parley ([a-z ]+?)(?: --[^`]*)?`/g))
      assert.match(lines.join('\n'), new RegExp(`^  ${command}\\b`, 'm'), `${alert}: parley ${command}`);
  }
});

test('the dashboard: panels that do not lie over each other, ids of their own, and variables that there are', () => {
  const { panels } = dashboard;
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const taken = new Set<string>();
  for (const { title, gridPos } of panels) {
    assert.ok(gridPos.x + gridPos.w <= 24, title);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        assert.ok(!taken.has(`${x},${y}`), `${title} lies over another panel`);
        taken.add(`${x},${y}`);
      }
  }
  const variables = new Set(dashboard.templating.list.map(({ name }) => name));
  for (const [, name = ''] of JSON.stringify(dashboard).matchAll(/\$\{?([a-z]\w*)\}?/g)) assert.ok(variables.has(name), name);
});

test('the notes on upgrading name commands, settings, files and refusals that there are', async () => {
  const notes = read('server/deploy/UPGRADING.md');
  const { lines } = await runCommand(['--help'], {});
  for (const [, command = ''] of notes.matchAll(/`parley ([a-z]+(?: print)?)\b/g))
    assert.match(lines.join('\n'), new RegExp(`^  ${command}\\b`, 'm'), command);
  const readme = read('server/README.md');
  for (const [setting] of notes.matchAll(/PARLEY_[A-Z_]+/g)) assert.ok(readme.includes(setting), setting);
  for (const [, alert = ''] of notes.matchAll(/`(Parley[A-Z]\w+)`/g))
    assert.ok(
      rules.some((rule) => rule.alert === alert),
      alert,
    );
});
