/** A bridge between a host and a page with Parley's elements, where these are not in the host's own page: a frame, a window, a native shell. */
export { textPort, webViewPort, type BridgePort, type WebView } from './bridge-port.js';
export { createInnerBridge, type InnerBridge, type InnerBridgeOptions } from './inner-bridge.js';
export { createOuterBridge, type FramedPage, type OuterBridge, type OuterBridgeOptions, type ShellPage } from './outer-bridge.js';
export type { OuterListener } from './outer-side.js';
