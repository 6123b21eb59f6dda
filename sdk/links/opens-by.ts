import type { HostKind } from '../host/host-context.js';
import type { LinkTemplate } from './link-template.js';

/**
 * The `open` of a kind whose items are opened by address. Web addresses come in a window of their own, which knows nothing of this one;
 * other schemes are handed to the system. `go` does something else with the address, such as telling a native shell.
 */
export function opensBy(address: LinkTemplate, go: (address: string) => void = leave): Required<Pick<HostKind, 'open'>> {
  return { open: (link) => go(address(link)) };
}

function leave(address: string): void {
  if (/^https?:/i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
  else window.location.assign(address);
}
