import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The host stays the page's own: the server takes changes from pages of its own alone. */
const api = { target: 'http://localhost:4600', changeOrigin: false };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 700, // ECharts, loaded only when a chart is shown.
    modulePreload: { polyfill: false }, // An inline script would break the content security policy.
  },
  server: { port: 4601, proxy: { '/v1': api, '/sign-in': api } },
});
