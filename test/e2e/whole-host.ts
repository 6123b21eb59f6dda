/** The host's document on how to use the chat (E16). */
export const HELP = '<!doctype html><html lang="en"><title>How we use the chat</title><h1>How we use the chat</h1></html>';

function attribute(value: string): string {
  return value.replace(/[&"<]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/**
 * A host's page with every element that Parley has, as its parameters say: `colleagues=bob,cleo` have badges in the page, `group` names the group
 * whose people are in a table, `idle` the minutes after which somebody is away.
 */
export function wholeHost(parley: string, parameters: URLSearchParams): string {
  const colleagues = (parameters.get('colleagues') ?? '').split(',').filter((user) => user !== '');
  const group = parameters.get('group');
  const idle = parameters.get('idle');
  const place = parameters.get('place') ?? 'Worklist';
  const docked = parameters.get('placement') === 'page' ? 'page' : 'docked';
  return `
    <header><h1>${attribute(place)}</h1><button id="before">Before</button><parley-launcher shortcut="F9">Chat</parley-launcher></header>
    <main>
      <label>Notes <input id="notes" /></label>
      <ul id="colleagues">${colleagues.map((user) => `<li>${attribute(user)} <parley-presence-badge user="${attribute(user)}"></parley-presence-badge></li>`).join('')}</ul>
      ${group === null ? '' : `<parley-people group="${attribute(group)}" heading="Ward 3"></parley-people>`}
    </main>
    <parley-session server="${parley}"${idle === null ? '' : ` idle-after="${attribute(idle)}"`}></parley-session>
    <parley-chat-panel placement="${docked}"><a slot="help" href="/help" target="_blank" rel="noopener">How we use the chat</a></parley-chat-panel>
    <parley-banner></parley-banner>
  `;
}
