import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockHospital } from './dev/mockHospital.ts';

// The mock answers only in `vite` and `vite preview` (development); nothing of dev/ is bundled.
export default defineConfig({
  plugins: [react(), mockHospital()],
  base: './',
  resolve: {
    alias: { xmlbuilder2: fileURLToPath(new URL('./src/study/viewer/noXmlBuilder.ts', import.meta.url)) },
  },
  build: {
    outDir: '../../../target/frontend',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Data: URLs for scripts, workers and fonts are refused by the content security policy.
    assetsInlineLimit: 0,
    // Cornerstone3D is one large chunk by nature; it is loaded only when a study is opened.
    chunkSizeWarningLimit: 6000,
    rolldownOptions: {
      // The codecs' Emscripten code asks for Node's fs and path only when it runs in Node.
      onLog(level, log, next) {
        if (!/externalized for browser compatibility.*cornerstonejs\/codec-/s.test(log.message)) next(level, log);
      },
    },
  },
  worker: { format: 'es' },
  optimizeDeps: {
    exclude: ['@cornerstonejs/dicom-image-loader'],
    include: ['dicom-parser'],
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
