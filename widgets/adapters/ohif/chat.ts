import type { ContextLink, HostKind } from '#sdk';
import type { LinkCurrentItem } from '../../link-current-item/link-current-item.js';
import { currentStudy, followCurrentStudy } from './current-study.js';
import { describeStudy, findStudy } from './found-study.js';
import type { ParleyExtensionOptions } from './options.js';
import { keepFocusWhileTyping, PanelPlace } from './panel-place.js';
import { studyAddress } from './study-address.js';
import { compact, dress } from './theme.js';
import type { Viewer } from './viewer.js';

/** What has a place in the viewer's page. */
export type Part = 'panel' | 'buttons';

/** Parley's elements in a viewer, made once for as long as the page lives: a study that is switched, or the study list, ends no session. */
export class ViewerChat {
  readonly place: PanelPlace;
  readonly linkButton: LinkCurrentItem = document.createElement('parley-link-current-item');

  readonly #launcher = document.createElement('parley-launcher');
  readonly #viewer: Viewer;
  readonly #options: ParleyExtensionOptions;
  readonly #session = document.createElement('parley-session');
  readonly #base: string;
  #unfollow: (() => void) | undefined;

  constructor(viewer: Viewer, options: ParleyExtensionOptions, panel: { id: string; name: string }) {
    this.#viewer = viewer;
    this.#options = options;
    this.#base = viewer.appConfig?.routerBasename ?? '';
    const element = document.createElement('parley-chat-panel');
    const session = this.#session;
    session.server = options.server;
    session.token = options.token;
    session.host = { [options.kind ?? 'study']: this.#kind() };
    if (options.locale !== undefined) session.locale = options.locale;
    options.session?.(session);
    this.linkButton.toolbar = true;
    const banner = document.createElement('parley-banner');
    for (const each of [element, this.#launcher, this.linkButton, banner]) dress(each);
    compact(this.linkButton);
    document.body.append(session);
    if (options.banner) document.body.append(banner);
    this.place = new PanelPlace(element, viewer.servicesManager.services.panelService, panel.id, panel.name);
    keepFocusWhileTyping(element);
    // The panel cannot be closed while the side panel shows it: the button of the toolbar always leads to it.
    this.#launcher.addEventListener('click', (event) => this.#launch(event), { capture: true });
  }

  /** The viewer's page has this box for a part, or none any more. */
  put(part: Part, box: HTMLElement | null): void {
    if (part === 'panel') this.place.take(box);
    else box?.append(this.#launcher, this.linkButton);
  }

  enterMode(): void {
    this.place.inMode = true;
    this.place.offer();
    this.linkButton.title = this.linkButton.text('linkToCurrent', { noun: this.#noun });
    this.#unfollow?.();
    this.#unfollow = followCurrentStudy(this.#viewer.servicesManager, () => this.#session.client?.host.current());
    // What could not be resolved before there was a data source.
    this.#session.client?.host.refresh();
    if (this.place.wanted) this.place.reveal({ focus: false });
  }

  leaveMode(): void {
    this.place.inMode = false;
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  #launch(event: Event): void {
    event.stopPropagation();
    this.place.show();
  }

  get #noun(): string {
    return this.#options.noun ?? 'study';
  }

  #kind(): HostKind {
    const { kind = 'study' } = this.#options;
    const { servicesManager, extensionManager } = this.#viewer;
    return {
      noun: this.#noun,
      icon: 'study',
      getCurrent: () => (this.place.inMode ? currentStudy(servicesManager, kind) : null),
      resolve: async ({ id }) => {
        const study = await findStudy(extensionManager, id);
        return study === null ? { denied: true } : describeStudy(study, this.#session.localisation.locale);
      },
      open: (link) => this.#open(link),
    };
  }

  /** In place, as the viewer itself goes to another study; one that this viewer may not see leaves the open one where it is. */
  async #open(link: ContextLink): Promise<void> {
    const { extensionManager, commandsManager } = this.#viewer;
    if ((await findStudy(extensionManager, link.id)) === null) throw new Error('this study is not in the archive, or not for this viewer');
    const mode = this.place.inMode ? null : (this.#options.mode ?? 'viewer');
    commandsManager.runCommand('navigateHistory', { to: studyAddress(location, this.#base, mode, link) });
  }
}
