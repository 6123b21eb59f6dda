/*
 * What is used of OHIF 3, as its documentation names it. Written down here and not imported: the viewer hands these objects over at run time,
 * and an extension that needs its packages to be built is one that needs the viewer to be built.
 */

interface Subscription {
  unsubscribe(): void;
}

interface EventSource {
  readonly EVENTS: Readonly<Record<string, string>>;
  subscribe(event: string, callback: () => void): Subscription;
}

interface ViewportGridService extends EventSource {
  getActiveViewportId(): string | null | undefined;
  getDisplaySetsUIDsForViewport(viewport: string): readonly string[] | undefined;
}

export interface PanelService {
  getPanels(position: string): readonly { id: string }[];
  addPanel(position: string, id: string): void;
  activatePanel(id: string, force: boolean): void;
}

interface ToolbarService {
  register(buttons: readonly object[]): void;
  updateSection(section: string, buttons: string[]): void;
}

export interface ServicesManager {
  readonly services: {
    readonly viewportGridService: ViewportGridService;
    readonly displaySetService: { getDisplaySetByUID(uid: string): { StudyInstanceUID?: string } | undefined };
    readonly panelService: PanelService;
    readonly toolbarService: ToolbarService;
  };
}

/** A study as a data source of the viewer finds it. */
export interface FoundStudy {
  studyInstanceUid?: string;
  description?: string;
  patientName?: string;
  /** `YYYYMMDD`, as in DICOM. */
  date?: string;
  accession?: string;
  modalities?: string;
}

interface DataSource {
  readonly query: { readonly studies: { search(params: object): Promise<readonly FoundStudy[] | undefined> } };
}

export interface ExtensionManager {
  getActiveDataSource(): readonly DataSource[] | undefined;
}

export interface CommandsManager {
  runCommand(name: string, options: object): unknown;
}

export interface AppConfig {
  routerBasename?: string | null;
  whiteLabeling?: { createLogoComponentFn?: (react: HostReact, props: object) => unknown };
}

/** React of the viewer, as far as a place in its page needs it. */
export interface HostReact {
  createElement(type: string, props: object): unknown;
}

/** What the viewer calls the hooks of an extension with. */
export interface Viewer {
  readonly servicesManager: ServicesManager;
  readonly extensionManager: ExtensionManager;
  readonly commandsManager: CommandsManager;
  readonly appConfig?: AppConfig;
}
