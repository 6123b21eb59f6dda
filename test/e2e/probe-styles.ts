/*
 * Looks into the page. What is called in there is written within one function each, because the page has nothing of this module.
 */

declare global {
  interface Window {
    /** How many of a kind were looked at already. */
    looked?: Map<string, number>;
  }
}

/** A rule of the page has come in: by which sheet, which property of which element, from what to what. */
export interface Leak {
  sheet: string;
  element: string;
  property: string;
  from: string;
  to: string;
}

/**
 * Adopts each sheet for a moment, and says what it changes of what is Parley's own: in the panel, in dialogs, menus and the banner. Of elements
 * that stand in a line of the page only these are looked at. How large a thing is follows from the box that the page gives, and is left out.
 */
export function leaksOf(sheets: Record<string, string>): { leaks: Leak[]; count: number } {
  const seen: { element: Element; pseudo: string; name: string }[] = [];
  const times = (window.looked ??= new Map<string, number>());
  const note = (element: Element, path: string): void => {
    for (const pseudo of ['', '::before', '::after']) {
      const name = `${path} ${[element.localName, ...element.classList].join('.')}${pseudo}`;
      const before = times.get(name) ?? 0;
      // Of a hundred emoji, and of what was there at the place before, a few say it.
      if (before > 2 || (pseudo !== '' && getComputedStyle(element, pseudo).content === 'none')) continue;
      times.set(name, before + 1);
      seen.push({ element, pseudo, name });
    }
  };
  const visit = (root: ParentNode, path: string, own: boolean): void => {
    for (const element of root.children) {
      const begins = own || (path !== '' && element.matches('.panel, [popover], dialog'));
      if (begins) note(element, path);
      visit(element, path, begins);
      const { shadowRoot } = element;
      if (shadowRoot && (path !== '' || element.localName.startsWith('parley-'))) visit(shadowRoot, element.localName, begins);
    }
  };
  visit(document, '', false);
  const sizes =
    /-(?:block|inline)(?:-|$)|^(?:block|inline)-size|^(?:width|height|max-width|top|right|bottom|left|margin-.*|grid-template-.*|.*-origin)$/;
  const properties = [...getComputedStyle(document.body)].filter((name) => !sizes.test(name));
  const read = (): string[][] =>
    seen.map(({ element, pseudo }) => {
      const style = getComputedStyle(element, pseudo);
      return properties.map((name) => style.getPropertyValue(name));
    });
  const before = read();
  const leaks = Object.entries(sheets).flatMap(([name, css]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    const after = read();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    return seen.flatMap(({ name: element }, index) =>
      properties.flatMap((property, at) => {
        const [from = '', to = ''] = [before[index]?.[at], after[index]?.[at]];
        return from === to ? [] : [{ sheet: name, element, property, from, to }];
      }),
    );
  });
  return { leaks, count: seen.length };
}

/** How the page's own elements look, but those that it puts into ours, and what the document has of styles and fonts. */
export function lookOfPage(): Record<string, unknown> {
  const sizes = /-(?:block|inline)(?:-|$)|^(?:block|inline)-size|^(?:width|height|top|right|bottom|left|.*-origin)$/;
  const look = (element: Element): string => {
    const style = getComputedStyle(element);
    return [...style]
      .filter((name) => !sizes.test(name))
      .map((name) => `${name}: ${style.getPropertyValue(name)}`)
      .join('\n');
  };
  const ours = (element: Element | null): boolean =>
    element !== null && (element.localName.startsWith('parley-') || ours(element.parentElement));
  const own = [...document.querySelectorAll('*')].filter((element) => !ours(element));
  const { documentElement: html, body, head } = document;
  return {
    elements: own.map((element) => [element.localName, look(element)]),
    attributes: [html, body].map((element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`)),
    head: head.innerHTML,
    sheets: [document.styleSheets.length, document.adoptedStyleSheets.length, document.querySelectorAll('style').length],
    fonts: document.fonts.size,
    globals: Object.keys(window).filter((name) => /parley|^lit/i.test(name)),
  };
}
