import 'parley-chat/widgets';
