import { expect } from 'chai';
import fc from 'fast-check';
import { html, nothing, render } from 'lit';
import { repeat } from '../../widgets/internal/repeat.js';

const keys = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 10 });

describe('a list by keys', () => {
  const show = (place: HTMLElement, list: readonly number[] | null): void => {
    render(list === null ? nothing : html`${repeat(list, String, (key, at) => html`<i data-key=${key}>${at}</i>`)}`, place);
  };
  const items = (place: HTMLElement): HTMLElement[] => [...place.querySelectorAll('i')];

  it('[pain 9] shows what is in it in order, each key in the nodes that it had, and leaves nothing of what went', () => {
    fc.assert(
      fc.property(fc.array(fc.option(keys, { freq: 10 }), { minLength: 1, maxLength: 12 }), (lists) => {
        const place = document.createElement('div');
        let before = new Map<string | undefined, HTMLElement>();
        for (const list of lists) {
          show(place, list);
          const now = items(place);
          expect(now.map(({ dataset }) => Number(dataset['key']))).to.deep.equal(list ?? []);
          expect(now.map(({ textContent }) => Number(textContent))).to.deep.equal(now.map((_, at) => at));
          for (const one of now) expect(before.get(one.dataset['key']) ?? one).to.equal(one);
          before = new Map(now.map((one) => [one.dataset['key'], one]));
          const fresh = document.createElement('div');
          show(fresh, list);
          expect(place.childNodes.length).to.equal(fresh.childNodes.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('[pain 9] moves only what went up: whatever it passes keeps the focus and stays where it is', async () => {
    const place = document.createElement('div');
    document.body.append(place);
    show(place, [1, 2, 3, 4]);
    const moved: Node[] = [];
    const watch = new MutationObserver((records) => moved.push(...records.flatMap(({ addedNodes }) => [...addedNodes])));
    watch.observe(place, { childList: true });
    show(place, [4, 1, 2, 3]);
    await Promise.resolve();
    expect(moved.filter((node) => node instanceof HTMLElement).map(({ dataset }) => dataset['key'])).to.deep.equal(['4']);
    watch.disconnect();
    place.remove();
  });
});
