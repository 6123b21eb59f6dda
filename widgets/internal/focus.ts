/**
 * The element that has the focus, looked up through open shadow roots. By the property of all documents: an element of the host page that is
 * named `activeElement` would be found in its stead (attack 64).
 */
export function deepActiveElement(document: Document): HTMLElement | null {
  let active: Element | null = Reflect.get(Document.prototype, 'activeElement', document);
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement && active.localName !== 'body' ? active : null;
}
