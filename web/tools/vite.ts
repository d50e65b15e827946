/*
 * What the three applications' builds have in common.  The server sends a strict
 * CSP, so: no inline script or style, no polyfill that injects one, no message
 * compiler (it evaluates), and every address below the application's own base.
 */
import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import type { UserConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL('../' + path, import.meta.url));
const server = process.env['LIAISON_SERVER'] ?? 'http://127.0.0.1:8080';

export function application(name: string, base: string, target: string[]): UserConfig {
  return {
    root: at(name),
    base,
    plugins: [
      vue(),
      vueI18n({
        include: [at('kit/src/locales/*.json'), at(`${name}/src/locales/*.json`)],
        runtimeOnly: true,
        compositionOnly: true,
        fullInstall: false,
        dropMessageCompiler: true,
      }),
    ],
    define: {
      __VUE_OPTIONS_API__: name === 'consumer' ? 'false' : 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    build: {
      outDir: at('dist/' + name),
      emptyOutDir: true,
      target,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1500,
      reportCompressedSize: false,
    },
    server: {
      proxy: { '/v1': { target: server, ws: true, changeOrigin: true } },
    },
  };
}
