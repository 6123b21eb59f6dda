import type { OpenPipe } from './pipe.js';

const SEPARATOR = '\u001E';

/** A request that the server answers as soon as it has something to say, again and again; beside it one request at a time that writes. */
export const openPolling: OpenPipe = (address, headers, listener) => {
  const abort = new AbortController();
  const queue: string[] = [];
  let most = Infinity;
  let writing = false;
  let over = false;

  async function ask(init?: RequestInit): Promise<string> {
    const response = await fetch(address, { headers, cache: 'no-store', signal: abort.signal, ...init });
    if (!response.ok) throw new Error('refused', { cause: response.status });
    return response.text();
  }

  function fail({ cause }: Error): void {
    abort.abort();
    if (over) return;
    over = true;
    listener.closed(typeof cause === 'number' ? cause : undefined);
  }

  async function poll(): Promise<void> {
    while (!over) {
      for (const text of (await ask()).split(SEPARATOR)) {
        if (text.startsWith('0')) start(JSON.parse(text.slice(1)) as { sid: string; maxPayload: number });
        // On its own, so that one that a listener throws at does not cost the others.
        queueMicrotask(() => over || listener.packet(text));
      }
    }
  }

  function start({ sid, maxPayload }: { sid: string; maxPayload: number }): void {
    address.searchParams.set('sid', sid);
    most = maxPayload;
  }

  async function flush(): Promise<void> {
    if (writing) return;
    writing = true;
    while (queue.length > 0) {
      // What is longer than the server reads in one request is lost with the connection.
      let size = 0;
      const next = queue.findIndex((text, index) => (size += new TextEncoder().encode(text).length + 1) > most && index > 0);
      await ask({ method: 'POST', body: queue.splice(0, next < 0 ? queue.length : next).join(SEPARATOR) });
    }
    writing = false;
    if (!over) return;
    // By itself: a server drops what it has read together with a goodbye.
    await ask({ method: 'POST', body: '1' });
    abort.abort();
  }

  poll().catch(fail);
  return {
    write(text) {
      queue.push(text);
      flush().catch(fail);
    },
    close() {
      if (over) return;
      over = true;
      // The server hears it before it misses the question.
      if (address.searchParams.has('sid')) flush().catch(fail);
      else abort.abort();
    },
  };
};
