import { mount } from 'svelte';
import 'parley-chat/widgets';
import App from './app.svelte';

mount(App, { target: document.querySelector('#app')! });
