import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { launch, Stage } from './stage.js';

/** A browser's stage whose server is behind a wire that can be cut. */
export interface WiredStage {
  readonly stage: Stage;
  readonly proxy: TcpProxy;
  close(): Promise<void>;
}

export async function openWiredStage(): Promise<WiredStage> {
  const browser = await launch();
  const stage = await Stage.open(browser);
  const proxy = await tcpProxy(stage.port);
  stage.parley = `http://127.0.0.1:${String(proxy.port)}`;
  return {
    stage,
    proxy,
    async close() {
      await stage.close();
      await proxy.close();
      await browser.close();
    },
  };
}
