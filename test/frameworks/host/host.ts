import type { HostContext } from 'parley-chat';

/* What every host here has, whatever it is written in: who is signed in, and an item that is open. */

const search = new URLSearchParams(location.search);
export const server = search.get('server') ?? '';

export async function token({ signal }: { signal: AbortSignal }): Promise<string> {
  const answer = await fetch(`/token${location.search}`, { signal });
  return answer.text();
}

/** `opened` is told what a link leads to. */
export function hostOf(opened: (id: string) => void): HostContext {
  return {
    study: {
      noun: 'examination',
      getCurrent: () => ({ kind: 'study', id: 'study-1' }),
      resolve: ({ id }) => ({ title: id === 'study-1' ? 'CT chest' : 'MR head' }),
      open: ({ id }) => opened(id),
    },
  };
}
