import { virtual } from '@guidepup/virtual-screen-reader/browser.js';

const REFERENCES = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-activedescendant', 'aria-details', 'for'];
const DROPPED = ['class', 'style', 'part', 'popover', 'slot'];
const END = '(the end)';
let roots = 0;

function isShown(element: Element): boolean {
  return getComputedStyle(element).display === 'contents' || element.checkVisibility({ visibilityProperty: true });
}

/**
 * What a browser tells assistive technology is the page with all shadow roots and slots resolved; the virtual screen reader knows plain
 * documents only. So it gets a copy of that tree, in which ids are those of one root, and what is not shown is not there.
 */
function flattened(node: Node, root: string): Node[] {
  if (node instanceof Text) return [node.cloneNode()];
  if (!(node instanceof Element) || node.matches('style, script, [inert]')) return [];
  if (node instanceof HTMLSlotElement) {
    const given = node.assignedNodes({ flatten: true });
    return (given.length > 0 ? given : [...node.childNodes]).flatMap((one) => flattened(one, root));
  }
  if (!isShown(node)) return [];
  if (node instanceof SVGElement) return [node.cloneNode(true)];
  const copy = node.localName.includes('-') ? document.createElement('div') : (node.cloneNode(false) as Element);
  for (const { name, value } of node.attributes) {
    if (DROPPED.includes(name)) copy.removeAttribute(name);
    else if (name === 'id') copy.id = `${root}-${value}`;
    else if (REFERENCES.includes(name))
      copy.setAttribute(
        name,
        value
          .split(/\s+/)
          .map((id) => `${root}-${id}`)
          .join(' '),
      );
    else copy.setAttribute(name, value);
  }
  const inside = node.shadowRoot === null ? root : `r${String((roots += 1))}`;
  copy.append(...[...(node.shadowRoot ?? node).childNodes].flatMap((one) => flattened(one, inside)));
  if (node instanceof HTMLTextAreaElement) copy.textContent = node.value;
  if (node instanceof HTMLInputElement) copy.setAttribute('value', node.value);
  return [copy];
}

/** Everything that a screen reader says of an element on the way from its beginning to its end, a line for each stop. */
export async function readOut(element: Element): Promise<string[]> {
  roots = 0;
  const copy = document.createElement('div');
  copy.append(...flattened(element, 'r0'), END);
  document.body.append(copy);
  try {
    await virtual.start({ container: copy });
    const said: string[] = [];
    // Its cursor goes round: without a mark it would begin again.
    for (let phrase = await virtual.lastSpokenPhrase(); phrase !== END; phrase = await virtual.lastSpokenPhrase()) {
      if (phrase !== '') said.push(phrase.replace(/[\u2066-\u2069]/g, ''));
      await virtual.next();
    }
    await virtual.stop();
    return said;
  } finally {
    copy.remove();
  }
}

function liveRegions(root: ParentNode): Element[] {
  return [...root.querySelectorAll('*')].flatMap((one) => [
    ...(one.matches('[aria-live]:not([aria-live="off"]), [role="status"]:not([aria-live]), [role="alert"]:not([aria-live])') ? [one] : []),
    ...(one.shadowRoot === null ? [] : liveRegions(one.shadowRoot)),
  ]);
}

/** Hears what live regions say by themselves, wherever they are; those that come later are heard after `listen` was called again. */
export class Ear {
  readonly heard: string[] = [];
  readonly #known = new WeakSet<Element>();
  readonly #observers: MutationObserver[] = [];

  listen(): void {
    for (const region of liveRegions(document)) {
      if (this.#known.has(region)) continue;
      this.#known.add(region);
      let last = region.textContent?.trim() ?? '';
      const observer = new MutationObserver(() => {
        const text = region.textContent?.replace(/\s+/g, ' ').trim() ?? '';
        if (text !== '' && text !== last) this.heard.push(text);
        last = text;
      });
      observer.observe(region, { childList: true, characterData: true, subtree: true });
      this.#observers.push(observer);
    }
  }

  /** What was heard since the last time. */
  take(): string[] {
    return this.heard.splice(0);
  }

  stop(): void {
    for (const observer of this.#observers) observer.disconnect();
  }
}
