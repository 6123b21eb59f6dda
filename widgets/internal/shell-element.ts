import type { CSSResult, nothing, TemplateResult } from 'lit';
import { type Definable, defineAll } from './define.js';
import { ParleyElement } from './parley-element.js';

/** The half of an element that is loaded when it is needed. It renders into its shell's own shadow root, so that parts, slots and styles stay. */
export interface Inside {
  render(): TemplateResult | typeof nothing;
}

export interface InsideClass<I extends Inside, E> {
  /** As of an element. */
  readonly parts?: readonly Definable[];
  readonly styles: readonly CSSResult[];
  new (shell: E): I;
}

/** An element that is a few bytes until it is needed. `updateComplete` waits for its inside while that is being loaded. */
export abstract class ShellElement<I extends Inside> extends ParleyElement {
  protected inside: I | null = null;
  protected failed = false;
  #loading: Promise<void> | null = null;

  /** Loads the file in which the inside of this element is. */
  protected abstract fetch(): Promise<InsideClass<I, this>>;

  /** Once; again only after a failure. */
  protected load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const complete = await super.getUpdateComplete();
    if (this.inside !== null || this.#loading === null) return complete;
    await this.#loading;
    return false;
  }

  async #load(): Promise<void> {
    if (this.failed) this.requestUpdate();
    this.failed = false;
    try {
      const Half = await this.fetch();
      defineAll(Half.parts);
      (this.renderRoot as ShadowRoot).adoptedStyleSheets.push(...Half.styles.map(({ styleSheet }) => styleSheet as CSSStyleSheet));
      this.inside = new Half(this);
    } catch {
      this.failed = true;
      this.#loading = null;
    }
    this.requestUpdate();
  }
}
