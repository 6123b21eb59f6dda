import '@angular/compiler';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'parley-chat/widgets';
import { hostOf, server, token } from '../host/host';

@Component({
  selector: 'host-app',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button (click)="there.set(!there())">{{ there() ? 'Leave' : 'Come back' }}</button>
    <output id="sent">{{ sent() }}</output>
    <output id="opened">{{ opened() }}</output>
    @if (there()) {
      <parley-session [server]="server" [token]="token" [host]="host"></parley-session>
      <parley-launcher>Chat</parley-launcher>
      <parley-presence-badge user="bob"></parley-presence-badge>
      <parley-chat-panel (parley-message-sent)="count()"></parley-chat-panel>
    }
  `,
})
class App {
  readonly there = signal(true);
  readonly sent = signal(0);
  readonly opened = signal('');
  readonly server = server;
  readonly token = token;
  readonly host = hostOf((id) => this.opened.set(id));

  count(): void {
    this.sent.update((sent) => sent + 1);
  }
}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
