import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatPanel, Launcher, PresenceBadge, Session } from 'parley-chat/react';
import { hostOf, server, token } from '../host/host';

/** React 18 knows attributes only: these components set properties and hear events for it. */
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
          <Session server={server} token={token} host={host} />
          <Launcher>Chat</Launcher>
          <PresenceBadge user="bob" />
          <ChatPanel onMessageSent={() => setSent((count) => count + 1)} />
        </>
      )}
    </>
  );
}

createRoot(document.querySelector('#app')!).render(<App />);
