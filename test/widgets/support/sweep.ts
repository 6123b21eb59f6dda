import { expect } from 'chai';

interface Finding {
  id: string;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}
interface Axe {
  run(context: Element, options: object): Promise<{ violations: Finding[] }>;
}

/** Axe with what it leaves out by itself: targets of 24 px (WCAG 2.2). */
export async function clean(element: Element, what: string): Promise<void> {
  const { axe } = globalThis as unknown as { axe: Axe };
  const { violations } = await axe.run(element, { rules: { region: { enabled: false }, 'target-size': { enabled: true } } });
  const said = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`,
  );
  expect(said.join('\n'), what).to.equal('');
}

/** All elements that are shown, through all shadow roots. */
export function shownIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .flatMap((one) => [one, ...(one.shadowRoot === null ? [] : shownIn(one.shadowRoot))]);
}

/** Ends in dots, itself or with what is around it. */
function endsInDots(one: Element | null): boolean {
  if (one === null) return false;
  const { overflowX, textOverflow } = getComputedStyle(one);
  return (textOverflow === 'ellipsis' && overflowX !== 'visible') || endsInDots(one.parentElement);
}

/** What hangs out of the window sideways, or has to be scrolled sideways to be read. What ends in dots on purpose does not count. */
export function tooWide(root: ParentNode): string[] {
  const width = document.documentElement.clientWidth;
  return shownIn(root)
    .filter((one) => !one.matches('.visually-hidden, svg, svg *, option') && !endsInDots(one.parentElement))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
      return scrolls || (box.width > 0 && (box.right > width + 1 || box.left < -1));
    })
    .map((one) => `${one.localName}.${one.className} ${one.getBoundingClientRect().left}..${one.getBoundingClientRect().right}`);
}

/** What is cut off without dots: words that somebody else's language made longer than their place. */
export function cutOff(root: ParentNode): string[] {
  return shownIn(root)
    .filter((one) => one.matches('button, label, legend, h2, h3, .dialog-heading, [role="tab"], [role="menuitem"]'))
    .filter((one) => {
      const { overflowX, textOverflow } = getComputedStyle(one);
      return one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && overflowX !== 'visible' && textOverflow !== 'ellipsis';
    })
    .map((one) => `${one.localName}: ${one.innerText}`);
}

/** Whether one sees that this has the focus: an outline or a shadow of its own, or of what is drawn around it. */
export function showsFocus(element: Element): boolean {
  for (let one: Element | null = element; one !== null && one.localName !== 'dialog'; one = one.parentElement) {
    const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one);
    if ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none') return true;
    if (one !== element && one.matches(':focus-within') && borderColor === getComputedStyle(one).getPropertyValue('--_accent')) return true;
  }
  return false;
}
