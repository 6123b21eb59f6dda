import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as rxjs from 'rxjs';
import * as compactModule from '../../../sdk/bundle/compact-observables.js';

const compact = compactModule as unknown as typeof rxjs;
type Told = [string, unknown?];

/** One step of a program over a subject: a value, a new reader of it, an end of a reader, the end. */
type Step = { do: 'next'; value: number } | { do: 'read'; as: number } | { do: 'stop'; reader: number } | { do: 'complete' };

/** Carries the program out with one of the two libraries, and tells what its readers were told. */
function run({ BehaviorSubject, Observable, distinctUntilChanged, filter, map }: typeof rxjs, steps: readonly Step[]): Told[] {
  const told: Told[] = [];
  const subject = new BehaviorSubject(0);
  const views: rxjs.Observable<unknown>[] = [
    subject,
    subject.asObservable(),
    subject.pipe(
      map((value) => Math.trunc(value / 2)),
      distinctUntilChanged(),
    ),
    subject.pipe(filter((value) => value % 2 === 0)),
    subject.pipe(
      map((value) => {
        if (value === 7) throw new Error('seven');
        return value;
      }),
    ),
    new Observable((subscriber) => {
      told.push(['watched']);
      const subscription = subject.subscribe(subscriber);
      return () => {
        told.push(['left']);
        subscription.unsubscribe();
      };
    }),
    // Says more while it is told.
    subject.pipe(map((value) => (value === 3 ? (subject.next(4), value) : value))),
  ];
  const readers: rxjs.Subscription[] = [];
  for (const step of steps) {
    if (step.do === 'next') subject.next(step.value);
    else if (step.do === 'complete') subject.complete();
    else if (step.do === 'stop') readers[step.reader % (readers.length || 1)]?.unsubscribe();
    else {
      const name = `${readers.length}: ${step.as % views.length}`;
      readers.push(
        (views[step.as % views.length] as rxjs.Observable<unknown>).subscribe({
          next: (value) => told.push([name, value]),
          error: (error: Error) => told.push([name, error.message]),
          complete: () => told.push([name, 'complete']),
        }),
      );
    }
  }
  told.push(['value', subject.value], ['closed', readers.map(({ closed }) => closed)]);
  return told;
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('next' as const), value: fc.nat(8) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), as: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stop' as const), reader: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('complete' as const) }) },
);

describe('compact observables', () => {
  it('tell every reader what rxjs tells it, in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => assert.deepEqual(run(compact, steps), run(rxjs, steps))),
      { numRuns: 2_000 },
    );
  });

  it('run what was added to a subscription once, at its end or at once when that is over', () => {
    for (const { Subscription } of [rxjs, compact]) {
      let ended = 0;
      const subscription = new Subscription();
      subscription.add(() => ended++);
      subscription.unsubscribe();
      subscription.unsubscribe();
      assert.equal(ended, 1);
      subscription.add(() => ended++);
      assert.equal(ended, 2);
    }
  });

  it('let no reader spoil it for the others', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const subject = new compact.BehaviorSubject(1);
    const told: number[] = [];
    subject.subscribe(() => {
      throw new Error('a reader of the host');
    });
    subject.subscribe((value) => told.push(value));
    subject.next(2);
    assert.deepEqual(told, [1, 2]);
    assert.throws(() => t.mock.timers.tick(1), /a reader of the host/);
  });

  it("take a host's own rxjs: in from(), and its operators in pipe()", async () => {
    const subject = new compact.BehaviorSubject(1);
    let watched = 0;
    const watched$ = new compact.Observable<number>((subscriber) => {
      watched++;
      const subscription = subject.subscribe(subscriber);
      return () => {
        watched--;
        subscription.unsubscribe();
      };
    });
    const third = rxjs.firstValueFrom(rxjs.from(watched$).pipe(rxjs.skip(2)));
    const doubled: number[] = [];
    watched$
      .pipe(
        rxjs.map((value) => value * 2),
        rxjs.take(2),
      )
      .subscribe((value) => doubled.push(value));
    assert.equal(watched, 2);
    subject.next(2);
    subject.next(3);
    assert.equal(await third, 3);
    assert.deepEqual(doubled, [2, 4]);
    assert.equal(watched, 0);
  });
});
