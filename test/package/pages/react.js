import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ChatPanel } from 'parley-chat/react';

/* A component of a host: it gives a property that is no attribute, and hears an event. */
function Host() {
  const [opened, tell] = useState('');
  return createElement(
    'main',
    { 'data-opened': opened },
    createElement(ChatPanel, { open: true, placement: 'floating', client: null, onPanelOpen: (event) => tell(event.detail.placement) }),
  );
}

createRoot(document.querySelector('#root')).render(createElement(Host));
