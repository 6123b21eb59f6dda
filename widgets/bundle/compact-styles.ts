/**
 * What the bundle for hosts puts in the place of lit's `css-tag.js`: style sheets for browsers that adopt them, as all do that Parley
 * supports, without lit's way for those that do not and its words for developers. Whoever installs the package gets lit itself.
 * test/widgets/compact-styles.test.ts holds the two to the same style sheets.
 */
export class CSSResult {
  readonly cssText: string;
  #sheet: CSSStyleSheet | undefined;

  constructor(cssText: string) {
    this.cssText = cssText;
  }

  /** Made when the first element needs it, and shared by all that do. */
  get styleSheet(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.cssText);
    }
    return this.#sheet;
  }

  toString(): string {
    return this.cssText;
  }
}

/** What is put into it is a style or a number: types see to that. */
export const css = (strings: readonly string[], ...values: readonly (CSSResult | number)[]): CSSResult =>
  new CSSResult(String.raw({ raw: strings }, ...values));

export const unsafeCSS = (cssText: unknown): CSSResult => new CSSResult(String(cssText));

export const adoptStyles = (root: ShadowRoot, styles: readonly (CSSResult | CSSStyleSheet)[]): void => {
  root.adoptedStyleSheets = styles.map((style) => (style instanceof CSSStyleSheet ? style : style.styleSheet));
};

export const getCompatibleStyle = <T>(style: T): T => style;
export const supportsAdoptingStyleSheets = true;
