/* kit/chat - a conversation and the list of them, for desk and consumer alike. */
export { default as ChatList } from './ChatList.vue';
export { default as Composer } from './Composer.vue';
export { default as Conversation } from './Conversation.vue';
export { default as FileBubble } from './FileBubble.vue';
export { default as ImageViewer } from './ImageViewer.vue';
export { default as MessageList } from './MessageList.vue';
export { default as OfflineBar } from './OfflineBar.vue';
export { default as SystemLine } from './SystemLine.vue';
export { default as TextCard } from './TextCard.vue';
export { Blocks, Pieces } from './RichText';
export { matching, type QuickReply } from './replies';
export * from './text';
