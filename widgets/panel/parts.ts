/**
 * What a page may style of the inside of `<parley-chat-panel>` with `::part()`; said on `ChatPanel`. Each element inside hands all of them on
 * to the one around it: a name that it does not have does nothing.
 */
export const PARTS =
  'status-button,notice,retry,unsent,chats,contacts,invitation,tab,chat-header,log,message,bubble,text,state,ribbon,link-card,composer,input,send-button,history-button,conduct-notice';
