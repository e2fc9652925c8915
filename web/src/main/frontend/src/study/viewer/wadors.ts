import { wadors } from '@cornerstonejs/dicom-image-loader';
import { ApiError, request } from '../../api/client';
import type { Series } from '../../api/types';

type DicomJson = Record<string, { vr: string; Value?: unknown[] }>;

/** One frame that can be shown. */
export interface Frame {
  imageId: string;
  sopInstanceUid: string;
  /** 1-based, PS3.3 C.7.6.6. */
  frameNumber: number;
}

function first(json: DicomJson, tag: string): unknown {
  return json[tag]?.Value?.[0];
}

function numberOf(json: DicomJson, tag: string, otherwise: number): number {
  const value = Number(first(json, tag) ?? otherwise);
  return Number.isFinite(value) ? value : otherwise;
}

/** Fetches a series' metadata (WADO-RS, DICOM JSON), hands it to Cornerstone, and lists its frames in order. */
export async function framesOf(studyUid: string, series: Series, signal: AbortSignal): Promise<Frame[]> {
  const base = `/dicomweb/studies/${studyUid}/series/${series.seriesInstanceUid}`;
  const metadata = await request<DicomJson[]>(`${base}/metadata`, { signal, accept: 'application/dicom+json' });
  const images = metadata.filter((json) => first(json, '00280010') !== undefined);
  images.sort((a, b) => numberOf(a, '00200013', 0) - numberOf(b, '00200013', 0));
  const frames = images.flatMap((json) => {
    const sopInstanceUid = String(first(json, '00080018') ?? '');
    const count = Math.max(1, numberOf(json, '00280008', 1));
    return Array.from({ length: count }, (_, index): Frame => {
      const imageId = `wadors:${window.location.origin}${base}/instances/${sopInstanceUid}/frames/${index + 1}`;
      wadors.metaDataManager.add(imageId, json as Parameters<typeof wadors.metaDataManager.add>[1]);
      return { imageId, sopInstanceUid, frameNumber: index + 1 };
    });
  });
  if (frames.length === 0) {
    throw new ApiError('The series has no pixel data to show.', 'VIEWER-NO-IMAGE', 0);
  }
  return frames;
}
