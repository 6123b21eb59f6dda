/** What has the focus, through all shadow roots. */
export function deepActive(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Whether an element is inside another one, through shadow roots. */
export function isWithin(inner: Node | null, outer: Node): boolean {
  for (let node = inner; node !== null; node = node instanceof ShadowRoot ? node.host : node.parentNode) if (node === outer) return true;
  return false;
}
