import 'parley-chat/loader.js';
