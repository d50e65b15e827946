/* kit/ui - small parts that every page may use. */
export { default as AttachmentEdit } from './AttachmentEdit.vue';
export { default as Avatar } from './Avatar.vue';
export { default as CorpName } from './CorpName.vue';
export { default as EmptyState } from './EmptyState.vue';
export { default as ErrorState } from './ErrorState.vue';
export { default as Field } from './Field.vue';
export { default as ListItem } from './ListItem.vue';
export { default as Modal } from './Modal.vue';
export { default as PlainButton } from './PlainButton.vue';
export { default as SealIcon } from './SealIcon.vue';
export { default as Skeleton } from './Skeleton.vue';
export { default as StateView } from './StateView.vue';
export { default as Toasts } from './Toasts.vue';
export { attachedName, plainAttachments, type Attachment } from './attachments';
export * from './icons';
export * from './names';
export { toast } from './toast';
export * from './use';
