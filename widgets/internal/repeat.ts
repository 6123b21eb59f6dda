import { type ChildPart, noChange } from 'lit';
import { type DirectiveResult, directive, Directive } from 'lit/directive.js';
import { insertPart, removePart, setChildPartValue } from 'lit/directive-helpers.js';

type Render<T> = (item: T, index: number) => unknown;

/**
 * `repeat(items, keyOf, render)` as lit has it: what one key shows keeps its nodes wherever it goes. Our own, because lit's leaves a comment in the
 * document for each item that it takes out (lit/lit issue 5298, since lit-html 3.3.1): a list that is scrolled for an hour has thousands of them,
 * and each costs the browser something in every frame.
 *
 * What goes up in the list, a chat with news, moves by itself; whatever it passes stays untouched.
 */
class Repeat extends Directive {
  #parts = new Map<unknown, ChildPart>();

  render<T>(_items: readonly T[], _keyOf: (item: T) => unknown, _render: Render<T>): unknown {
    return noChange;
  }

  override update<T>(container: ChildPart, [items, keyOf, render]: [readonly T[], (item: T) => unknown, Render<T>]): unknown {
    const before = this.#parts;
    const keys = items.map(keyOf);
    const kept = new Set(keys);
    for (const [key, part] of before) {
      if (kept.has(key)) continue;
      const { endNode } = part;
      removePart(part);
      (endNode as ChildNode).remove();
      before.delete(key);
    }
    const order = [...before.values()];
    const placed = new Set<ChildPart>();
    let at = 0;
    this.#parts = new Map(
      items.map((item, index) => {
        while (placed.has(order[at] as ChildPart)) at++;
        const known = before.get(keys[index]);
        const part = known !== undefined && known === order[at] ? known : insertPart(container, order[at], known);
        placed.add(part);
        setChildPartValue(part, render(item, index));
        return [keys[index], part];
      }),
    );
    return noChange;
  }
}

export const repeat = directive(Repeat) as <T>(items: readonly T[], keyOf: (item: T) => unknown, render: Render<T>) => DirectiveResult;
