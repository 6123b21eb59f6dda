import type { LinkCurrentItem } from '../../link-current-item/link-current-item.js';
import type { ParleyElement } from '../../internal/parley-element.js';

/** OHIF's own colours by their own names, with its usual ones for a version that has none. */
const TOKENS: Readonly<Record<string, string>> = {
  '--parley-surface': 'hsl(var(--background, 236 62% 5%))',
  '--parley-raised': 'hsl(var(--popover, 219 90% 15%))',
  '--parley-sunken': 'hsl(0 0% 0%)',
  '--parley-line': 'hsl(var(--input, 236 45% 27%))',
  '--parley-accent': 'hsl(var(--highlight, 191 74% 63%))',
  '--parley-on-accent': 'hsl(236 62% 5%)',
  '--parley-link': 'hsl(var(--highlight, 191 74% 63%))',
  '--parley-own': 'hsl(var(--popover, 219 90% 15%))',
};

/** Makes an element look like a part of the viewer, which is dark. What the page's root says about a token holds. */
export function dress(element: ParleyElement): void {
  element.theme = 'dark';
  // Where the viewer looks for this class it leaves keys, and selected text, to the browser.
  element.classList.add('ohif-text-select');
  const page = getComputedStyle(document.documentElement);
  for (const [name, value] of Object.entries(TOKENS)) if (page.getPropertyValue(name) === '') element.style.setProperty(name, value);
}

/** On a screen that is not a workstation's the button is its icon; its words are its tooltip, and what is read aloud, everywhere. */
export function compact(button: LinkCurrentItem): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `@media (max-width: 1599px) { ${button.localName}::part(button) { inline-size: 32px; padding-inline: 7px; overflow: hidden } }`,
  );
  document.adoptedStyleSheets.push(sheet);
}
