import { Launcher } from 'parley-chat/widgets/launcher.class.js';
globalThis.kept = Launcher;
