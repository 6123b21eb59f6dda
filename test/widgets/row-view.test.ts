import { expect } from 'chai';
import fc from 'fast-check';
import { RowOffsets } from '../../widgets/internal/row-offsets.js';
import { RowView } from '../../widgets/internal/row-view.js';

interface Made {
  key: string;
  guess: number;
  height: number;
}

/** What happens to a list, each with numbers that are taken modulo what there is. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('append', 'prepend', 'remove', 'insert', 'up', 'scroll', 'measure', 'resize', 'end', 'reveal'),
    at: fc.nat(10_000),
    count: fc.integer({ min: 1, max: 30 }),
    height: fc.integer({ min: 20, max: 900 }).map((px) => px / 3),
  }),
  { minLength: 1, maxLength: 60 },
);
type Step = (typeof steps extends fc.Arbitrary<infer S> ? S : never)[number];

let made = 0;
const make = ({ count, height }: Step): Made[] =>
  Array.from({ length: count }, (_, at) => ({ key: `k${made++}`, guess: 44, height: height + (at % 7) * 11.3 }));

/** The same list changed by one step; other steps change nothing about the rows. */
function changed(rows: readonly Made[], step: Step): Made[] {
  const at = rows.length === 0 ? 0 : step.at % rows.length;
  const moved = rows[at];
  switch (step.what) {
    case 'append':
      return [...rows, ...make(step)];
    case 'prepend':
      return [...make(step), ...rows];
    case 'insert':
      return [...rows.slice(0, at), ...make(step), ...rows.slice(at)];
    case 'remove':
      return [...rows.slice(0, at), ...rows.slice(at + step.count)];
    case 'up':
      return moved === undefined ? [...rows] : [moved, ...rows.filter((row) => row !== moved)];
    default:
      return [...rows];
  }
}

/** As the controller does it after each render: everything rendered is measured until nothing else is needed. */
function settle(view: RowView<Made>): void {
  for (let round = 0; round < 50; round++) {
    const { first, end } = view.range;
    for (let at = first; at < end; at++) view.offsets.measure(at, view.offsets.rows[at]?.height ?? 0);
    view.keepRevealed();
    const next = view.range;
    if (next.first === first && next.end === end) return view.settled();
  }
  throw new Error('It does not come to rest.');
}

describe('rows in view', () => {
  it('[pain 9] offsets are the sums of a list that is simply added up', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const offsets = new RowOffsets<Made>((row) => row.guess);
        const known = new Map<string, number>();
        let rows: Made[] = [];
        for (const step of list) {
          const before = rows;
          rows = changed(rows, step);
          const moved = offsets.update(rows);
          before.forEach((row, was) => expect(moved(was)).to.equal(rows.indexOf(row)));
          const chosen = rows[step.at % Math.max(1, rows.length)];
          if (step.what === 'measure' && chosen !== undefined) {
            offsets.measure(rows.indexOf(chosen), step.height);
            known.set(chosen.key, step.height);
          }
          if (step.count % 3 === 0) continue;
          let sum = 0;
          rows.forEach((row, at) => {
            expect(offsets.start(at)).to.be.closeTo(sum, 0.5);
            const height = known.get(row.key) ?? offsets.start(at + 1) - offsets.start(at);
            expect(height).to.be.greaterThan(0);
            expect(offsets.at(sum + height / 2)).to.equal(at);
            sum += height;
          });
          expect(offsets.total).to.be.closeTo(sum, 0.5);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('[pain 9] a row that comes later is taken for as high as those proved to be that were measured', () => {
    const offsets = new RowOffsets<Made>(({ guess }) => guess);
    const rows = make({ what: 'append', at: 0, count: 20, height: 0 });
    offsets.update(rows);
    expect(offsets.total).to.equal(20 * 44);
    for (let at = 0; at < 20; at++) offsets.measure(at, 88);
    offsets.update([...rows, ...make({ what: 'append', at: 0, count: 10, height: 0 })]);
    expect(offsets.total).to.be.closeTo(30 * 88, 0.01);
  });

  it('[pain 9] a few rows that are higher than estimated do not make all that come later as high', () => {
    const offsets = new RowOffsets<Made>(({ guess }) => guess);
    const rows = make({ what: 'append', at: 0, count: 20, height: 0 });
    offsets.update(rows);
    for (let at = 0; at < 20; at++) offsets.measure(at, at === 0 ? 88 : 44);
    offsets.update([...rows, ...make({ what: 'append', at: 0, count: 10, height: 0 })]);
    expect(offsets.total).to.be.closeTo(21 * 44 + 10 * 44 * (21 / 20), 0.01);
  });

  it('[pain 9] one row in view keeps its pixel whatever comes, or the end does; and what is in view is rendered', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const view = new RowView<Made>('end', (row) => row.guess);
        let rows: Made[] = [];
        view.height = 600;
        for (const step of list) {
          const { offsets } = view;
          const held = new Map(rows.map((row, at) => [row.key, offsets.start(at) - view.top] as const));
          const inView = rows.filter((_, at) => offsets.start(at + 1) > view.top && offsets.start(at) < view.top + view.height);
          const followed = view.atEnd;
          rows = changed(rows, step);
          if (step.what === 'scroll') {
            const most = Math.max(0, offsets.total - view.height);
            const top = Math.min(most, step.at % (most + 1));
            view.scrolled(top, offsets.total - view.height - top);
          }
          if (step.what === 'resize') view.height = 200 + (step.at % 700);
          if (step.what === 'end') view.toEnd();
          if (step.what === 'reveal' && rows.length > 0) view.reveal(step.at % rows.length);
          view.update(rows);
          settle(view);

          const { first, end } = view.range;
          const most = Math.max(0, offsets.total - view.height);
          expect(view.top).to.be.within(0, most);
          if (rows.length > 0) {
            expect(offsets.start(first)).to.be.at.most(view.top + 0.1);
            expect(offsets.start(end) - view.top).to.be.at.least(Math.min(view.height, offsets.total) - 0.1);
          }
          const changes = ['append', 'prepend', 'insert', 'remove', 'up', 'resize'].includes(step.what);
          if (changes && followed && view.gap === 0) expect(view.top).to.be.closeTo(most, 0.1);
          const keeps = changes && !followed && !view.atEnd && view.top > 0 && view.top < most;
          const still = inView.filter((row) => rows.includes(row));
          if (keeps && still.length > 0) {
            const jumps = still.map((row) => Math.abs(offsets.start(rows.indexOf(row)) - view.top - (held.get(row.key) ?? 0)));
            expect(Math.min(...jumps)).to.be.lessThan(0.1);
          }
          if (step.what === 'reveal' && rows.length > 0) {
            const at = step.at % rows.length;
            const [start, stop] = [offsets.start(at) - view.top, offsets.start(at + 1) - view.top];
            expect(stop > 0 && start < view.height).to.equal(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[M7] [pain 9] a row that is jumped to stands in the upper third, whatever the guesses above it were worth, and stays there', () => {
    fc.assert(
      fc.property(fc.nat(999), steps, (at, list) => {
        const view = new RowView<Made>('end', (row) => row.guess);
        let rows: Made[] = Array.from({ length: 1_000 }, (_, n) => ({ key: `${n}`, guess: 44, height: 20 + ((n * 37) % 140) }));
        const row = rows[at];
        view.height = 600;
        view.update(rows);
        settle(view);
        view.show(at);
        view.update(rows);
        settle(view);
        const place = (): number => view.offsets.start(rows.indexOf(row as Made)) - view.top;
        const most = view.offsets.total - view.height;
        if (view.top > 0 && !view.atEnd && view.top < most) expect(place()).to.be.closeTo(200, 0.1);
        else expect(place()).to.be.within(0, 600);
        const was = place();
        if (view.atEnd || view.top === 0) return;
        for (const step of list.filter(({ what }) => what === 'append' || what === 'prepend')) {
          rows = changed(rows, step);
          view.update(rows);
          settle(view);
          expect(place()).to.be.closeTo(was, 0.1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('[pain 9] renders at most 40 rows unless more are in view', () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => ({ key: `${at}`, guess: 44, height: 44 }));
    for (const [height, most] of [
      [600, 40],
      [1_600, 40],
      [3_000, 72],
    ] as const) {
      const view = new RowView<Made>('end', (row) => row.guess);
      view.height = height;
      view.update(rows);
      for (const top of [0, 1_234.5, 200_000, 439_000]) {
        view.scrolled(top, 440_000 - height - top);
        const { first, end } = view.range;
        expect(end - first).to.be.at.most(most);
      }
    }
  });

  it('[pain 9] a message at the end of 100,000 rows asks for no height but its own', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => ({ key: `${at}`, guess: 44, height: 44 }));
    let asked = 0;
    const offsets = new RowOffsets<Made>((row) => {
      asked++;
      return row.guess;
    });
    offsets.update(rows);
    expect(offsets.total).to.equal(4_400_000);
    asked = 0;
    offsets.update([...rows, { key: 'new', guess: 10, height: 10 }]);
    expect(offsets.total).to.equal(4_400_010);
    expect(asked).to.equal(1);
  });

  it('a chat that goes up by itself takes the list nowhere', () => {
    const rows = Array.from({ length: 100 }, (_, at) => ({ key: `${at}`, guess: 50, height: 50 }));
    const view = new RowView<Made>('start', (row) => row.guess);
    view.height = 500;
    view.update(rows);
    view.scrolled(1_000, 3_500);
    view.update([rows[20] as Made, ...rows.filter((_, at) => at !== 20)]);
    expect(view.top).to.equal(1_000);
    view.scrolled(0, 4_500);
    view.update([{ key: 'new', guess: 50, height: 50 }, ...rows]);
    expect(view.top).to.equal(0);
  });
});
