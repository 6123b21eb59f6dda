import type { CallContext, ContextLink, HostContext, HostKind, Parley, ResolvedLink, SessionInfo } from 'parley-chat';
import { Refused } from './host-api.js';
import type { HostApi } from './host-api.js';
import { nounIn } from './nouns.js';

/** The part of `<parley-session>` that a page sets. It works before the element is defined, and when it never is. */
interface SessionElement extends HTMLElement {
  token: (request: { signal: AbortSignal }) => Promise<string>;
  host: HostContext;
  readonly client?: Parley | null;
}

export type ItemKind = 'study' | 'resource' | 'mail' | 'call';

/** What the page itself shows; an item of another kind opens in the host that shows it. */
export interface Own {
  kind: ItemKind;
  current: () => string | null;
  open: (id: string) => void;
}

export interface Chat {
  /** To be called when the current item changed. */
  refresh(): void;
  /** To be called when the telephone call that the person is in changed (M11). */
  setCall(call: CallContext | null): void;
}

interface KindHere extends Pick<HostKind, 'icon'> {
  /** The page that shows it, and the name of the item in its address. */
  page: string;
  resolve: (api: HostApi, id: string) => Promise<{ title: string; subtitle: string }>;
}

const KINDS: Readonly<Record<ItemKind, KindHere>> = {
  study: {
    icon: 'study',
    page: '/viewer',
    async resolve(api, id) {
      const study = await api.study(id);
      return { title: `${study.description}, ${study.patient.name}`, subtitle: `${day(study.at)} · ${study.accession}` };
    },
  },
  resource: {
    icon: 'resource',
    page: '/dashboard',
    async resolve(api, id) {
      const { name, sort, status, beds } = await api.resource(id);
      return { title: `${name}, ${sort}`, subtitle: `${status} · ${String(beds.free)} of ${String(beds.total)} free` };
    },
  },
  mail: {
    icon: 'mail',
    page: '/mail',
    async resolve(api, id) {
      const { subject, from, at } = await api.mail(id);
      return { title: subject === '' ? '(no subject)' : subject, subtitle: `${from.name || from.address} · ${day(at)}, ${clock(at)}` };
    },
  },
  call: {
    icon: 'call',
    page: '/console',
    async resolve(api, id) {
      const { caller, line } = await api.call(id);
      return { title: [caller.name, caller.organisation].filter(Boolean).join(', '), subtitle: `${caller.number} · ${line}` };
    },
  },
};

/**
 * Embeds Parley: says who is signed in and what the host's items are. Where there is chat the body has the class `has-chat`, for what the
 * host itself shows only then (E1).
 */
export function embedChat({ as, api, own }: { as: string; api: HostApi; own?: Own }): Chat {
  const session = document.querySelector<SessionElement>('parley-session');
  if (!session) throw new Error('the page has no <parley-session>');
  session.token = ({ signal }) => api.token(signal);
  // The page's own kind comes first: it is what the link button speaks of while nothing is open.
  const names = (Object.keys(KINDS) as ItemKind[]).sort((a, b) => Number(b === own?.kind) - Number(a === own?.kind));
  session.host = Object.fromEntries(names.map((kind) => [kind, hostKind(session, kind, as, api, own?.kind === kind ? own : undefined)]));
  new MutationObserver(() => session.client?.host.refresh()).observe(session, { attributeFilter: ['locale'] });
  let call: CallContext | null = null;
  let told: Parley | null = null;
  const tell = () => {
    const client = session.client ?? null;
    if (client === null) return;
    client.host.setCall(call);
    if (client === told) return;
    told = client;
    // Parley forgets the call with the session: it belongs to whoever was signed in.
    client.session$.subscribe(() => client.host.setCall(call));
    client
      .select<SessionInfo | null>(({ info$ }) => info$, null)
      .subscribe((info) => document.body.classList.toggle('has-chat', info?.policies.enabled === true));
  };
  void customElements.whenDefined('parley-session').then(tell);
  return {
    refresh: () => session.client?.host.refresh(),
    setCall(next) {
      call = next;
      tell();
    },
  };
}

function hostKind(session: SessionElement, kind: ItemKind, as: string, api: HostApi, own: Own | undefined): HostKind {
  const { icon, page, resolve } = KINDS[kind];
  return {
    get noun() {
      return nounIn(session.getAttribute('locale'), kind);
    },
    ...(icon === undefined ? {} : { icon }),
    ...(own ? { getCurrent: () => reference(kind, own.current()) } : {}),
    resolve: ({ id }) => asViewerSees(resolve(api, id)),
    open: ({ id }) => (own ? own.open(id) : location.assign(`${page}?as=${as}&chat=open&${kind}=${encodeURIComponent(id)}`)),
  };
}

const reference = (kind: string, id: string | null): ContextLink | null => (id === null ? null : { kind, id });

/** A refusal by the host's own rights becomes "you may not see this"; everything else is a failure that may pass. */
async function asViewerSees(asked: Promise<{ title: string; subtitle: string }>): Promise<ResolvedLink> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof Refused && (cause.status === 403 || cause.status === 404)) return { denied: true, reason: cause.message };
    throw cause;
  }
}

export function day(at: string | number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at));
}
export function clock(at: string | number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}
