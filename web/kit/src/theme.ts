/*
 * kit/theme.ts - light, dark or as the system says.  The attribute `theme-mode` on
 * <html> is what both TDesign's and our own style sheets look at.
 */
import { ref, watchEffect, type Ref } from 'vue';
import { load, save } from './keep';

export type Theme = 'auto' | 'light' | 'dark';

export const theme: Ref<Theme> = ref('auto');
export const dark: Ref<boolean> = ref(false);

export function startTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const systemDark = ref(system.matches);
  const follow = () => (systemDark.value = system.matches);
  /* Safari before 14 has only addListener. */
  if (system.addEventListener) system.addEventListener('change', follow);
  else system.addListener(follow);
  const kept = load('theme');
  if (kept === 'light' || kept === 'dark') theme.value = kept;
  watchEffect(() => {
    dark.value = theme.value === 'auto' ? systemDark.value : theme.value === 'dark';
    document.documentElement.setAttribute('theme-mode', dark.value ? 'dark' : 'light');
  });
}

export function setTheme(to: Theme): void {
  theme.value = to;
  save('theme', to);
}
