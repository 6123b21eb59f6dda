import { html, render, type TemplateResult } from 'lit';
import type { LitElement } from 'lit';
import 'axe-core/axe.min.js';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';

interface Axe {
  run(
    context: Element,
    options: object,
  ): Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

const stages: HTMLElement[] = [];

/** Puts a template on the page; `clear()` takes everything away again. */
export function show(template: TemplateResult): HTMLElement {
  const stage = document.createElement('div');
  document.body.append(stage);
  stages.push(stage);
  render(template, stage);
  return stage;
}

export function clear(): void {
  for (const stage of stages.splice(0)) stage.remove();
}

/** The first element of the page that matches, through all shadow roots below `from`. */
export function deep<T extends Element = HTMLElement>(from: ParentNode, selector: string): T | null {
  const direct = from.querySelector<T>(selector);
  if (direct !== null) return direct;
  for (const element of from.querySelectorAll('*')) {
    const found = element.shadowRoot === null ? null : deep<T>(element.shadowRoot, selector);
    if (found !== null) return found;
  }
  return null;
}

/** As `deep`, and fails when there is none. */
export function must<T extends Element = HTMLElement>(from: ParentNode, selector: string): T {
  const found = deep<T>(from, selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

/** In its shadow root. */
export function part<T extends Element = HTMLElement>(element: Element, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`<${element.localName}> has no ${selector}.`);
  return found;
}

/** Until the condition holds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`It never came true: ${what}.`);
    // Not an animation frame: in a tab behind another one there are none.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Until an element has nothing more to render. */
export async function settled(...elements: Element[]): Promise<void> {
  for (const element of elements) {
    if (customElements.get(element.localName) === undefined) throw new Error(`<${element.localName}> is not defined.`);
    while (!(await (element as LitElement).updateComplete));
  }
}

/** A microtask is what elements wait before they take a removal for a goodbye; this waits longer. */
export function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export async function accessible(element: Element): Promise<void> {
  const { axe } = globalThis as unknown as { axe: Axe };
  // "region" is about whole pages, which a test page is not.
  const { violations } = await axe.run(element, { rules: { region: { enabled: false } } });
  const said = violations.map(
    (found) => `${found.id}: ${found.help}\n${found.nodes.map((node) => `  ${node.html}\n  ${node.failureSummary ?? ''}`).join('\n')}`,
  );
  expect(said.join('\n')).to.equal('');
}

/** With modifiers held down in order: `chord('Control', 'k')`. */
export async function chord(...keys: [string, string]): Promise<void> {
  await sendKeys({ down: keys[0] });
  await sendKeys({ press: keys[1] });
  await sendKeys({ up: keys[0] });
}

/** Tabs of a test browser lie behind each other: says to the page whether it is seen, until the function returned is called. */
export function seen(state: 'visible' | 'hidden'): () => void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
  return () => {
    Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new Event('visibilitychange'));
  };
}

export { html };
