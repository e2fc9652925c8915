import { init as initCore } from '@cornerstonejs/core';
import { init as initLoader } from '@cornerstonejs/dicom-image-loader';
import { addTool, init as initTools, PanTool, StackScrollTool, WindowLevelTool, ZoomTool } from '@cornerstonejs/tools';

/** Frames are asked for uncompressed (PS3.18 §8.7.3.3): the server decodes, the reading room need not. */
const ACCEPT = 'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1';

let started: Promise<void> | null = null;

async function start(): Promise<void> {
  await initCore();
  initTools();
  // The session is the cookie, which the browser sends by itself to its own origin.
  initLoader({
    maxWebWorkers: Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency || 2) / 2))),
    beforeSend: async () => ({ Accept: ACCEPT, 'X-Requested-With': 'vigil' }),
  });
  for (const tool of [WindowLevelTool, PanTool, ZoomTool, StackScrollTool]) addTool(tool);
}

/** Starts Cornerstone3D once for the page; a failed start may be tried again. */
export function startCornerstone(): Promise<void> {
  started ??= start().catch((cause: unknown) => {
    started = null;
    throw cause;
  });
  return started;
}
