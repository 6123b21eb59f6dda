import type { TokenProvider } from '#sdk';
import type { SessionElement } from '../../session/session.js';
import type { HostReact } from './viewer.js';

export interface ParleyExtensionOptions {
  /** Address of the Parley server, such as `https://chat.hospital.example`. */
  server: string;
  /** Gives a token of whoever is signed in to the viewer; see `token` of `<parley-session>`. */
  token: TokenProvider;
  /** The kind of the links, the same in all hosts whose users chat with each other. `study` by default. */
  kind?: string;
  /** The word for it in the interface, as in "Link to current study". `study` by default. */
  noun?: string;
  /** The viewer's mode in which a link is opened from the study list, as in its address. `viewer` by default. */
  mode?: string;
  /** The label of the panel. By default the word for the chat in the reader's language. */
  label?: string;
  /** Where the buttons stand: a section of the viewer's toolbar. `secondary` by default, at the start of the bar. */
  toolbarSection?: string;
  /** Whether new messages are also said at the bottom of the page, which is the only place for them on the study list. */
  banner?: boolean;
  /** The reader's language as a BCP 47 tag; without it that of the page. */
  locale?: string;
  /** Called once with the session element, for whatever else it can be told, such as `timeZone`. */
  session?: (element: SessionElement) => void;
  /** The viewer's React. Only needed in a layout of your own that draws no header. */
  react?: HostReact;
}
