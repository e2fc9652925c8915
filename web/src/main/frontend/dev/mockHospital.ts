import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { MockVigil } from './mockVigil.ts';

/** The policy the real server sends; the preview of the built page is served under it too. */
const POLICY =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; img-src 'self' data: blob:; " +
  "style-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/**
 * Plays Vigil's REST interface for `vite` and `vite preview`, without a server: users `radiologist`,
 * `technologist`, `clinician`, `admin`, `auditor` of any hospital, password `vigil`. It is not part of the build.
 */
export function mockHospital(): Plugin {
  const mock = new MockVigil();
  const answer: Connect.NextHandleFunction = (request: IncomingMessage, response: ServerResponse, next) => {
    void mock.answer(request, response).then((done) => {
      if (!done) next();
    }, next);
  };
  return {
    name: 'vigil-mock-hospital',
    configureServer: (server) => {
      server.middlewares.use(answer);
    },
    configurePreviewServer: (server) => {
      server.middlewares.use((_, response, next) => {
        response.setHeader('Content-Security-Policy', POLICY);
        next();
      });
      server.middlewares.use(answer);
    },
  };
}
