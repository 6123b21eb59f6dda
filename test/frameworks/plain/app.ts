import 'parley-chat/loader.js';
import { hostOf, server, token } from '../host/host';

const find = (selector: string): HTMLElement => document.querySelector<HTMLElement>(selector)!;
const chat = find('#chat');
const button = find('#leave');
let sent = 0;

// Before the loader has defined it, as a page does that does not wait.
Object.assign(find('parley-session'), { server, token, host: hostOf((id) => (find('#opened').textContent = id)) });
chat.addEventListener('parley-message-sent', () => {
  sent += 1;
  find('#sent').textContent = String(sent);
});
button.addEventListener('click', () => {
  if (chat.isConnected) chat.remove();
  else button.after(chat);
  button.textContent = chat.isConnected ? 'Leave' : 'Come back';
});
