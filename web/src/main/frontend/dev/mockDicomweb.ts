import type { ServerResponse } from 'node:http';
import { json, refuse } from './mockVigil.ts';
import type { MockStudy } from './night.ts';
import { picture, SIZE } from './pixels.ts';

function element(vr: string, ...values: unknown[]): unknown {
  return { vr, Value: values };
}

/** Metadata of one image in the DICOM JSON model (PS3.18 F.2). */
function metadataOf(study: MockStudy, n: number): unknown {
  return {
    '00020010': element('UI', '1.2.840.10008.1.2.1'),
    '00080016': element('UI', '1.2.840.10008.5.1.4.1.1.1.1'),
    '00080018': element('UI', `${study.uid}.1.${n}`),
    '00080060': element('CS', study.modality),
    '0020000D': element('UI', study.uid),
    '0020000E': element('UI', `${study.uid}.1`),
    '00200013': element('IS', n),
    '00280002': element('US', 1),
    '00280004': element('CS', 'MONOCHROME2'),
    '00280008': element('IS', 1),
    '00280010': element('US', SIZE),
    '00280011': element('US', SIZE),
    '00280030': element('DS', 0.35, 0.35),
    '00280100': element('US', 16),
    '00280101': element('US', 12),
    '00280102': element('US', 11),
    '00280103': element('US', 0),
    '00281050': element('DS', 1500),
    '00281051': element('DS', 2600),
    '00281052': element('DS', 0),
    '00281053': element('DS', 1),
  };
}

export function answerDicomweb(path: string, response: ServerResponse, studies: readonly MockStudy[]): true {
  const [, , , uid = '', ...rest] = path.split('/');
  const study = studies.find((each) => each.uid === uid);
  if (study === undefined) return refuse(response, 404, 'STUDY-0001', 'The study is not known.');
  if (rest[rest.length - 1] === 'metadata') {
    return json(response, 200, Array.from({ length: study.frames }, (_, index) => metadataOf(study, index + 1)));
  }
  const frame = /instances\/[\d.]+\.(\d+)\/frames\/1$/.exec(path);
  if (frame === null) return refuse(response, 404, 'IMAGING-0404', 'There is no such object.');
  const boundary = 'mockboundary';
  response.writeHead(200, { 'Content-Type': `multipart/related; type="application/octet-stream"; boundary=${boundary}` });
  response.end(
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Type: application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1\r\n\r\n`),
      picture(study.arrival, Number(frame[1]) - 1),
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  );
  return true;
}
