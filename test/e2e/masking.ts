import type { Locator, Page } from 'playwright-core';
import { collectDocument } from './residue.js';
import type { Visitor } from './visitor.js';

/** What takes the session of a person off the page. */
export type Leaving = 'lock' | 'end' | { switchTo: string };

/**
 * Lets the host do it and reads the document before the next frame is painted: what is there then is what somebody who looks over the
 * shoulder would see.
 */
export async function leaveAndRead(page: Page, leaving: Leaving): Promise<string> {
  const collect = await page.evaluateHandle(`(${collectDocument.toString()})`);
  return page.evaluate(
    async ([read, how]) => {
      const session = document.querySelector('parley-session');
      if (how === 'lock') session?.lock();
      else if (how === 'end') void session?.end();
      else void session?.switchUser(window.eyes.tokenOf(how.switchTo));
      await new Promise(requestAnimationFrame);
      return (read as () => string)();
    },
    [collect, leaving] as const,
  );
}

/** How many colours are in this part of the screen: one where nothing is shown. */
export async function coloursOf(page: Page, clip: { x: number; y: number; width: number; height: number }): Promise<number> {
  const picture = await page.screenshot({ clip, animations: 'disabled' });
  const blank = await page.context().newPage();
  try {
    return await blank.evaluate(async (png) => {
      const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(bitmap, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
    }, picture.toString('base64'));
  } finally {
    await blank.close();
  }
}

export async function boxOf(what: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('it is not shown');
  return box;
}

/** Waits until the elements of the page have nobody, and says how long that took. ms */
export async function untilMasked({ page }: Visitor): Promise<number> {
  const before = performance.now();
  await page.waitForFunction(() => document.querySelector('parley-session')?.client?.session === null, undefined, { polling: 10 });
  return performance.now() - before;
}

export function reasonOf({ page }: Visitor): Promise<string | undefined> {
  return page.evaluate(() => document.querySelector('parley-session')?.client?.connection.reason);
}
