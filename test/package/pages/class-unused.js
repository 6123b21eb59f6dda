import { Launcher } from 'parley-chat/widgets/launcher.class.js';
import { createParley } from 'parley-chat';
