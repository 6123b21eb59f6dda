import { expect } from 'chai';
import fc from 'fast-check';
import type { TimelineItem } from '#sdk';
import { type Row, TimelineRows } from '../../widgets/timeline/rows.js';
import { StageTimeline } from './support/panel-stage.js';

const log = new StageTimeline('c1');
const dayKey = (at: number): string => new Date(at).toISOString().slice(0, 10);
const input = (items: readonly TimelineItem[], atStart = true, newFrom: number | null = null) => ({
  items,
  atStart,
  newFrom,
  me: 'anna',
  dayKey,
});
const said = (rows: readonly Row[]): string[] =>
  rows.map((row) => (row.type === 'message' ? `${row.key} ${row.head} ${row.tail}` : row.key));

/** Authors and minutes since the one before: enough to make groups, days and changes of author. */
const steps = fc.array(fc.record({ author: fc.constantFrom('anna', 'mark', 'lena'), minutes: fc.integer({ min: 0, max: 900 }) }), {
  minLength: 1,
  maxLength: 40,
});

function entries(list: readonly { author: string; minutes: number }[]): TimelineItem[] {
  let at = Date.UTC(2026, 10, 12);
  return list.map(({ author, minutes }, index) => log.item(index + 1, author, `m${index}`, (at += minutes * 60_000)));
}

describe('rows of the log', () => {
  it('[pain 9] are the same whether entries come one by one or all at once', () => {
    fc.assert(
      fc.property(steps, fc.option(fc.integer({ min: 1, max: 40 })), (list, newFrom) => {
        const items = entries(list);
        const growing = new TimelineRows();
        let last: readonly Row[] = [];
        for (let count = 1; count <= items.length; count++) last = growing.build(input(items.slice(0, count), true, newFrom));
        expect(said(last)).to.deep.equal(said(new TimelineRows().build(input(items, true, newFrom))));
      }),
    );
  });

  it('[pain 9] that are shown keep their keys and names when older entries come before them', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (list, cut) => {
        const items = entries(list);
        const from = cut % items.length;
        const rows = new TimelineRows();
        const before = said(rows.build(input(items.slice(from), false)));
        const after = said(rows.build(input(items, true)));
        expect(after.slice(-before.length)).to.deep.equal(before);
      }),
    );
  });

  it('[pain 9] of unchanged entries are the same objects', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const items = entries(list);
        const rows = new TimelineRows();
        const before = new Set(rows.build(input(items)));
        const after = rows.build(input([...items, log.item(999, 'omar', 'last', Date.UTC(2030, 0, 1))]));
        const changed = after.filter((row) => !before.has(row) && row.type !== 'start');
        // The new one, its day, and the one before it, which may be last of its group no more.
        expect(changed.length).to.be.at.most(3);
      }),
    );
  });
});
