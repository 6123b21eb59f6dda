import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'parley-chat/widgets';
import type {} from 'parley-chat/frameworks/react';
import { hostOf, server, token } from '../host/host';

/** React 19 sets properties of elements and hears their events by itself. */
function App() {
  const [there, setThere] = useState(true);
  const [sent, setSent] = useState(0);
  const [opened, setOpened] = useState('');
  const host = useMemo(() => hostOf(setOpened), []);
  return (
    <>
      <button onClick={() => setThere(!there)}>{there ? 'Leave' : 'Come back'}</button>
      <output id="sent">{sent}</output>
      <output id="opened">{opened}</output>
      {there && (
        <>
          <parley-session server={server} token={token} host={host} />
          <parley-launcher>Chat</parley-launcher>
          <parley-presence-badge user="bob" />
          <parley-chat-panel onparley-message-sent={() => setSent((count) => count + 1)} />
        </>
      )}
    </>
  );
}

createRoot(document.querySelector('#app')!).render(<App />);
