import { createApp } from 'vue';
import 'parley-chat/widgets';
import App from './app.vue';

createApp(App).mount('#app');
