import type { AppConfig, HostReact } from './viewer.js';
import { warnOnce } from '../../internal/warn.js';

/** A component for the viewer's React. */
export type Component = () => unknown;

/**
 * The viewer's own React: its components can be made by no other, and Parley brings none. The viewer's configuration has one function that
 * the viewer hands its React to, the one that draws the logo. It is called before anything beside the logo is drawn, and answers as before.
 */
export class ViewerReact {
  #react: HostReact | null;

  constructor(given: HostReact | null) {
    this.#react = given;
  }

  /** To be called before the viewer draws its page. */
  waitFor(appConfig: AppConfig): void {
    if (this.#react !== null) return;
    const { whiteLabeling } = appConfig;
    appConfig.whiteLabeling = {
      ...whiteLabeling,
      createLogoComponentFn: (react, props) => {
        this.#react ??= react;
        return whiteLabeling?.createLogoComponentFn?.(react, props);
      },
    };
  }

  /** A component that is an empty box; `take` is called with it when it stands in the page, and with null when it is taken out. */
  box(style: Readonly<Record<string, string>>, take: (box: HTMLElement | null) => void): Component {
    // The same object at every call: another function would take the box out and put it back whenever the viewer draws anew.
    const props = { style, ref: take };
    return () => {
      if (this.#react === null)
        warnOnce('Parley has not met the React of this viewer, which draws no header; give it to parleyExtension as `react`.');
      return this.#react?.createElement('div', props) ?? null;
    };
  }
}
