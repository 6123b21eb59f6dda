import 'parley-chat/widgets/launcher.js';
