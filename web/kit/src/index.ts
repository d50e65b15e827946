/* kit - what the three applications share, without pages. */
export type { Routes } from './api.gen';
export * from './types';
export * from './client';
export * from './i18n';
export * from './keep';
export * from './theme';
export * from './words';
export * from './bodies';
export * from './live';
export { chatList, gaps, type Pending, type State, type Timeline } from './store';
