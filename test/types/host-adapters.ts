/*
 * What a host developer writes against the doors beside the SDK's own, as the README has it. It is compiled and never run.
 */
import type { HostContext, Parley, TokenProvider } from 'parley-chat';
import { createFhircast, type Fhircast, type FhircastEntry } from 'parley-chat/adapters/fhircast';
import {
  createInnerBridge,
  createOuterBridge,
  textPort,
  webViewPort,
  type InnerBridge,
  type OuterBridge,
} from 'parley-chat/adapters/iframe';
import { iid, isDicomUid, mid, ohif, opensBy, template, weasis, type LinkTemplate } from 'parley-chat/links';

const resolve = async ({ id }: { id: string }): Promise<{ title: string }> => ({ title: id });

export const byAddress: HostContext = {
  study: { noun: 'examination', resolve, ...opensBy(ohif({ viewer: 'https://viewer.example.org', mode: 'viewer' })) },
  mail: opensBy(mid(), (address) => void address.startsWith('mid:')),
  order: opensBy(template('https://his.example/orders/{id}{?tab}', { uids: ['series'], schemes: ['acme-pacs'] })),
};

export const others: LinkTemplate[] = [
  iid({ display: 'https://pacs.example.org', by: 'accession', viewerType: 'IHE_BIR', diagnosticQuality: true }),
  weasis({ dicomweb: 'https://pacs.example.org/dicom-web' }),
];

export function byHub(parley: Parley, patientOf: (uid: string) => FhircastEntry): Fhircast {
  const fhircast = createFhircast({
    hub: 'https://hub.example.org/hub',
    topic: 'fdb2f928',
    token: async () => 'the hub’s',
    requestOpen: ({ id }) => (isDicomUid(id) ? [patientOf(id)] : []),
    onState: ({ state, reason, retryAt }) => void [state, reason, retryAt],
    onSyncError: ({ name, own }) => void [name, own],
  });
  const host: HostContext = fhircast.host({ study: { noun: 'examination', icon: 'study', resolve } });
  parley.host.register('study', host['study'] ?? {});
  fhircast.attach(parley);
  fhircast.start();
  return fhircast;
}

export function aroundFrame(frame: HTMLIFrameElement, host: HostContext, token: TokenProvider): OuterBridge {
  const bridge = createOuterBridge({ frame, origin: 'https://chat-page.example.org', host, token, onFocus: (inside) => void inside });
  bridge.setCall({ name: 'Dr. Weber', number: '4711' });
  return bridge;
}

export async function withinFrame(parley: Parley): Promise<InnerBridge> {
  const outer = await createInnerBridge({ origins: ['https://viewer.example.org'], onFocus: () => undefined });
  outer.attach(parley);
  return outer;
}

export const withinShell: Promise<InnerBridge>[] = [
  createInnerBridge({ port: webViewPort() }),
  createInnerBridge({ port: textPort((text) => void text) }),
];

// @ts-expect-error a frame without its origin would be anybody's
export const unsafe = (frame: HTMLIFrameElement, token: TokenProvider): OuterBridge => createOuterBridge({ frame, host: {}, token });
