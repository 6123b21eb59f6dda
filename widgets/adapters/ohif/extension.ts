import { warnOnce } from '../../internal/warn.js';
import { type Part, ViewerChat } from './chat.js';
import { type Component, ViewerReact } from './host-react.js';
import type { ParleyExtensionOptions } from './options.js';
import { panelLabel } from './panel-label.js';
import type { AppConfig, ServicesManager, Viewer } from './viewer.js';

const ID = 'parley';
const PANEL = 'parley';
const PANEL_ID = `${ID}.panelModule.${PANEL}`;
const BUTTONS = 'parley.buttons';

/** Fills its box, whichever way the side panel lays out. */
const PANEL_BOX = { position: 'relative', flex: '1 1 auto', height: '100%', minHeight: '0', overflow: 'hidden' };
const BUTTONS_BOX = { display: 'flex', alignItems: 'center', gap: '2px', height: '100%', color: 'hsl(var(--primary, 214 98% 60%))' };

/** An extension as OHIF 3 takes it: what the viewer calls, and nothing else. */
export interface ParleyExtension {
  readonly id: string;
  preRegistration(viewer: Viewer & { appConfig: AppConfig }): void;
  onModeEnter(): void;
  onModeExit(): void;
  getPanelModule(): readonly object[];
  getToolbarModule(): readonly object[];
  getCommandsModule(): object;
}

/**
 * Parley in an OHIF viewer, for `extensions` in its `app-config.js`: the chat as a panel at the right side, a Chat button and "Link to current
 * study" in the toolbar, the commands `openChat` and `linkCurrentStudy`. The study of the active viewport is the current item; what a link is
 * called, and whether it may be seen, the viewer's own data source says.
 *
 * The viewer never waits for it: while the Parley server cannot be reached there are no chat and no buttons, and nothing else is different.
 */
export function parleyExtension(options: ParleyExtensionOptions): ParleyExtension {
  const react = new ViewerReact(options.react ?? null);
  const boxes = new Map<Part, HTMLElement | null>();
  let chat: ViewerChat | null = null;
  let services: ServicesManager['services'] | null = null;
  let inMode = false;

  /** A place in the viewer's page; its box and the chat come in either order. */
  const component = (part: Part, style: Readonly<Record<string, string>>): Component =>
    react.box(style, (box) => {
      boxes.set(part, box);
      chat?.put(part, box);
    });

  return {
    id: ID,

    preRegistration(viewer) {
      ({ services } = viewer.servicesManager);
      react.waitFor(viewer.appConfig);
      import('../../index.js').then(
        () => {
          chat = new ViewerChat(viewer, options, { id: PANEL_ID, name: PANEL });
          for (const [part, box] of boxes) chat.put(part, box);
          if (inMode) chat.enterMode();
        },
        (cause: unknown) => warnOnce(`there is no chat, its elements could not be loaded: ${String(cause)}`),
      );
    },

    // The viewer forgets the buttons and panels of extensions with every mode, and enters one at every study.
    onModeEnter() {
      inMode = true;
      const section = options.toolbarSection ?? 'secondary';
      services?.toolbarService.register([{ id: BUTTONS, uiType: BUTTONS, props: {} }]);
      services?.toolbarService.updateSection(section, [BUTTONS]);
      chat?.enterMode();
    },

    onModeExit() {
      inMode = false;
      chat?.leaveMode();
    },

    getPanelModule() {
      const label = options.label ?? panelLabel(options.locale);
      return [{ name: PANEL, iconName: 'MultiplePatients', iconLabel: label, label, component: component('panel', PANEL_BOX) }];
    },

    getToolbarModule: () => [{ name: BUTTONS, defaultComponent: component('buttons', BUTTONS_BOX) }],

    getCommandsModule: () => ({
      defaultContext: 'PARLEY',
      definitions: {
        openChat: () => chat?.place.show(),
        linkCurrentStudy: () => chat?.linkButton.link() ?? false,
      },
    }),
  };
}
