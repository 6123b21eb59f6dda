import { render } from 'lit';
import type { Conversation } from '#sdk';
import { define } from '../../../widgets/internal/define.js';
import { PanelBody } from '../../../widgets/panel/panel-body.js';
import { deep, html, must, show, until } from './page.js';
import { type Stage, stage } from './panel-stage.js';

define(PanelBody);

/** The panel's inside at this width (px), with these chats in its list. */
export async function panel(
  width: number,
  options: { initiate?: boolean; chats: Conversation[]; made?: Stage },
): Promise<{ made: Stage; body: PanelBody }> {
  const made = options.made ?? stage(options);
  made.setChats(...options.chats);
  const place = show(html`<div style=${`position:fixed;inset:0 auto auto 0;inline-size:${width}px;block-size:600px;display:grid`}></div>`);
  // Its size first: a page of the runner that lies behind another is not told of resizing.
  const box = place.firstElementChild as HTMLElement;
  render(html`<parley-panel-body .client=${made.client}></parley-panel-body>`, box);
  const body = must<PanelBody>(place, 'parley-panel-body');
  await until(() => deep(body.shadowRoot ?? body, 'parley-chat-list') !== null, 'the list is there');
  await until(() => body.wide === width >= 640, 'the width is known');
  return { made, body };
}

/** Of the list of chats and hits. */
export function options(body: PanelBody): HTMLElement[] {
  const list = deep(body.shadowRoot ?? body, 'parley-chat-list');
  return [...(list?.shadowRoot?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
}

export function within<T extends HTMLElement = HTMLElement>(body: PanelBody, selector: string): T {
  return must<T>(body.shadowRoot ?? body, selector);
}

export function has(body: PanelBody, selector: string): boolean {
  return deep(body.shadowRoot ?? body, selector) !== null;
}
