import { ParleyError } from '../../protocol/errors.js';

/** A way between the two sides that nobody else can speak on. Messages are plain data, or the same as JSON text. */
export interface BridgePort {
  post(message: object): void;
  /** The function returned stops it. */
  listen(heard: (message: unknown) => void): () => void;
  /** The other side is gone: what is posted next is for whoever takes its place. */
  again?(): void;
  close?(): void;
}

/** The part of WebView2's `chrome.webview` that is used. */
export interface WebView {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', heard: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', heard: (event: MessageEvent<unknown>) => void): void;
}

/** A page in WebView2: what comes there comes from the application around it. Throws `INVALID` in a page that is elsewhere. */
export function webViewPort(webView: WebView | undefined = (globalThis as { chrome?: { webview?: WebView } }).chrome?.webview): BridgePort {
  if (!webView) throw new ParleyError('INVALID', 'this page is not in WebView2');
  return {
    post: (message) => webView.postMessage(message),
    listen(heard) {
      const listener = ({ data }: MessageEvent<unknown>): void => heard(data);
      webView.addEventListener('message', listener);
      return () => webView.removeEventListener('message', listener);
    },
  };
}

/** For a shell that takes text and calls a function with text, such as CEF: `send` gives it a message, the shell calls `deliver`. */
export function textPort(send: (text: string) => void): BridgePort & { deliver(text: string): void } {
  const listeners = new Set<(message: unknown) => void>();
  return {
    post: (message) => send(JSON.stringify(message)),
    listen(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    deliver(text) {
      for (const heard of [...listeners]) heard(text);
    },
  };
}

export function messagePort(port: MessagePort): BridgePort {
  return {
    post: (message) => port.postMessage(message),
    listen(heard) {
      port.onmessage = ({ data }: MessageEvent<unknown>) => heard(data);
      return () => (port.onmessage = null);
    },
    close: () => port.close(),
  };
}

/** An origin as browsers write it. `*`, and `null` of pages that have none, would be everybody: refused with `INVALID`. */
export function originOf(given: unknown): string {
  if (typeof given === 'string' && /^https?:\/\//i.test(given) && URL.canParse(given)) {
    const { origin, pathname, search, hash, username, password } = new URL(given);
    if (pathname === '/' && search + hash + username + password === '') return origin;
  }
  throw new ParleyError('INVALID', 'not an origin, such as https://viewer.example.org');
}
