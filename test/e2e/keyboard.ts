import type { Page } from 'playwright-core';

/** What has the focus, through open shadow roots: the words that say what it is. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active: Element | null = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!(active instanceof HTMLElement)) return '';
    return active.getAttribute('aria-label') ?? active.getAttribute('title') ?? (active.textContent?.trim() || active.id);
  });
}

/** Tab, or Shift+Tab, until what has the focus says `what`. */
export async function tabTo(page: Page, what: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 30; step += 1) {
    const now = await focused(page);
    if (what.test(now)) return;
    passed.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(what)}; it passes ${passed.map((name) => `“${name}”`).join(', ')}`);
}

/** Waits until what has the focus says `what`: an element that has just come takes the focus a moment later. */
export async function untilFocused(page: Page, what: RegExp): Promise<void> {
  await page.waitForFunction(
    ([source, flags]) => {
      let active: Element | null = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (!(active instanceof HTMLElement)) return false;
      const name = active.getAttribute('aria-label') ?? active.getAttribute('title') ?? (active.textContent?.trim() || active.id);
      return new RegExp(source, flags).test(name);
    },
    [what.source, what.flags] as const,
  );
}
