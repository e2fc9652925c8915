import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerDicomweb } from './mockDicomweb.ts';
import { answerOffice, type Office, openOffice } from './mockOffice.ts';
import { CRITICAL_ARRIVAL, inOrder, outcomeOf, theNight, type MockStudy } from './night.ts';
import { BOX, heatMap } from './pixels.ts';

const ROLES: Record<string, string[]> = {
  radiologist: ['RADIOLOGIST'],
  technologist: ['TECHNOLOGIST'],
  clinician: ['REFERRING_CLINICIAN'],
  admin: ['TENANT_ADMIN'],
  auditor: ['AUDITOR'],
};

const READING = ['WORKLIST_VIEW', 'NIGHT_SUMMARY_VIEW', 'STUDY_VIEW', 'IMAGE_VIEW', 'MODEL_VIEW', 'ORDER_VIEW',
  'QUARANTINE_VIEW', 'QUARANTINE_DECIDE', 'DELIVERY_VIEW'];

/** As the server's role table gives them; docs/security.md. */
const PERMISSIONS: Record<string, string[]> = {
  radiologist: [...READING, 'READING_STATUS_CHANGE', 'ANALYSIS_VIEW', 'ANALYSIS_REQUEST', 'AI_REVEAL', 'FINDING_FEEDBACK',
    'ALERT_VIEW', 'ALERT_ACKNOWLEDGE', 'BREAK_GLASS_REQUEST'],
  technologist: [...READING, 'DELIVERY_RETRY'],
  clinician: ['STUDY_VIEW', 'IMAGE_VIEW', 'ANALYSIS_VIEW', 'MODEL_VIEW', 'ALERT_VIEW', 'ALERT_ACKNOWLEDGE'],
  admin: ['WORKLIST_VIEW', 'NIGHT_SUMMARY_VIEW', 'MODEL_VIEW', 'ORDER_VIEW', 'QUARANTINE_VIEW', 'QUARANTINE_DECIDE',
    'DELIVERY_VIEW', 'DELIVERY_RETRY', 'ACCOUNT_VIEW', 'ACCOUNT_ADMINISTER', 'ACCESS_REVIEW', 'BREAK_GLASS_REVIEW'],
  auditor: ['NIGHT_SUMMARY_VIEW', 'MODEL_VIEW', 'AUDIT_VIEW', 'ACCESS_REVIEW'],
};

const DISCLAIMER = 'AI assistance is not diagnostic. Final interpretation by a qualified radiologist required.';

/** How long after the first listener the AI begins, and how long each study takes. */
const BEGIN_MS = Number(process.env['VIGIL_MOCK_BEGIN_MS'] ?? 4_000);
const STEP_MS = Number(process.env['VIGIL_MOCK_STEP_MS'] ?? 350);

export class MockVigil {
  private studies: MockStudy[] = theNight(Date.now());
  private readonly listeners = new Set<ServerResponse>();
  private readonly feedback = new Map<string, { feedback: string; comments: string | null }>();
  private office: Office = openOffice(this.studies);
  private playing = false;
  private refuseEventsUntil = 0;

  /** Answers the request, or resolves with false when it is not for Vigil. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = new URL(request.url ?? '/', 'http://mock');
    const path = url.pathname;
    if (!/^\/(api|dicomweb|mock)\//.test(path)) return false;
    const body = await bodyOf(request);
    const key = `${request.method} ${path}`;
    if (key === 'GET /api/auth/openid') return json(response, 200, { available: false });
    if (key === 'POST /api/auth/login') return this.login(body, response);
    if (path === '/mock/drop') {
      this.refuseEventsUntil = Date.now() + Number(url.searchParams.get('ms') ?? 8000);
      for (const listener of this.listeners) listener.destroy();
      return json(response, 200, {});
    }
    if (path === '/mock/reset') {
      this.studies = theNight(Date.now());
      this.office = openOffice(this.studies);
      this.playing = false;
      return json(response, 200, {});
    }
    const user = /vigil_session=([a-z]+)/.exec(request.headers.cookie ?? '')?.[1];
    if (user === undefined || ROLES[user] === undefined) return refuse(response, 401, 'IDENTITY-0002', 'There is no session.');
    if (request.method !== 'GET' && request.headers['x-requested-with'] !== 'vigil') {
      return refuse(response, 403, 'WEB-0001', 'The header X-Requested-With is missing.');
    }
    if (key === 'POST /api/auth/logout') {
      response.setHeader('Set-Cookie', 'vigil_session=; Path=/; HttpOnly; Max-Age=0');
      return json(response, 204, undefined);
    }
    if (key === 'GET /api/auth/me') return json(response, 200, sessionOf(user));
    if (key === 'GET /api/break-glass/current') return json(response, 204, undefined);
    if (key === 'GET /api/worklist') return json(response, 200, this.worklist(url.searchParams.has('includeRead')));
    if (key === 'GET /api/worklist/events') return this.listen(request, response);
    if (path.startsWith('/dicomweb/')) return answerDicomweb(path, response, this.studies);
    return (
      this.answerReading(request.method ?? 'GET', path, body, response) ||
      answerOffice(request.method ?? 'GET', url, body, response, this.office, () => this.tell(null, 'status')) ||
      refuse(response, 404, 'WEB-0404', 'There is nothing here.')
    );
  }

  private login(body: Record<string, string>, response: ServerResponse): boolean {
    const username = body['username'] ?? '';
    if (body['password'] !== 'vigil' || ROLES[username] === undefined) {
      return refuse(response, 401, 'IDENTITY-0001', 'The log-in was refused.');
    }
    response.setHeader('Set-Cookie', `vigil_session=${username}; Path=/; HttpOnly; SameSite=Strict`);
    return json(response, 200, sessionOf(username));
  }

  private worklist(includeRead: boolean): unknown {
    const open = this.studies.filter((study) => study.readingStatus !== 'read');
    const read = this.studies.filter((study) => study.readingStatus === 'read');
    const entries = [...inOrder(open), ...(includeRead ? read : [])].map((study, index) => ({
      position: index + 1,
      arrivalPosition: study.arrival,
      studyInstanceUid: study.uid,
      accessionNumber: study.accession,
      patientName: study.patientName,
      patientId: study.patientId,
      patientBirthDate: study.birthDate,
      patientSex: study.sex,
      modality: study.modality,
      studyDescription: study.description,
      receivedAt: study.receivedAt,
      orderPriority: study.orderPriority,
      severity: study.severity,
      aiStatus: study.aiStatus,
      aiNotRunReason: study.notRunReason,
      matchStatus: study.matchStatus,
      readingStatus: study.readingStatus,
      topFinding: study.severity === 'critical' ? { label: 'Pneumothorax', confidence: 0.973 } : null,
      analysisIds: [`an-${study.arrival}`],
    }));
    return { generatedAt: new Date().toISOString(), disclaimer: DISCLAIMER, entries };
  }

  private listen(request: IncomingMessage, response: ServerResponse): boolean {
    if (Date.now() < this.refuseEventsUntil) return refuse(response, 503, 'WEB-0503', 'Restarting.');
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': here\n\n');
    this.listeners.add(response);
    request.on('close', () => this.listeners.delete(response));
    if (!this.playing) {
      this.playing = true;
      setTimeout(() => this.play(), BEGIN_MS);
    }
    return true;
  }

  /** The AI takes one study after the other; the critical one is recognised sixth. */
  private play(): void {
    const waiting = this.studies.filter((study) => study.aiStatus === 'pending');
    const next = waiting.length <= 34 ? (waiting.find((s) => s.arrival === CRITICAL_ARRIVAL) ?? waiting[0]) : waiting[0];
    if (next === undefined) return;
    next.aiStatus = 'processing';
    this.tell(next, 'status');
    setTimeout(() => {
      outcomeOf(next);
      this.tell(next, 'analysed');
      this.play();
    }, STEP_MS);
  }

  private tell(study: MockStudy | null, reason: string): void {
    const data = { studyInstanceUid: study?.uid ?? '', severity: study?.severity ?? '', reason };
    for (const listener of this.listeners) listener.write(`event: worklist\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private answerReading(method: string, path: string, body: Record<string, string>, response: ServerResponse): boolean {
    const [, , room = '', id = '', act = '', findingId = ''] = path.split('/');
    if (room === 'worklist' && act === 'reading-status' && method === 'PUT') {
      const study = this.studies.find((each) => each.uid === id);
      if (study === undefined) return refuse(response, 404, 'STUDY-0001', 'The study is not known.');
      study.readingStatus = body['readingStatus'] as MockStudy['readingStatus'];
      this.tell(study, 'status');
      return json(response, 204, undefined);
    }
    if (room === 'studies' && method === 'GET') {
      const study = this.studies.find((each) => each.uid === id);
      return study === undefined
        ? refuse(response, 404, 'STUDY-0001', 'The study is not known.')
        : json(response, 200, studyOf(study));
    }
    if (room === 'image-analysis' && method === 'POST' && id === '') {
      const study = this.studies.find((each) => each.uid === body['studyInstanceUid']);
      if (study === undefined) return refuse(response, 404, 'STUDY-0001', 'The study is not known.');
      study.aiStatus = 'processing';
      this.tell(study, 'status');
      setTimeout(() => {
        outcomeOf(study);
        this.tell(study, 'analysed');
      }, 2500);
      return json(response, 202, { analysisId: `an-${study.arrival}` });
    }
    if (room !== 'image-analysis') return false;
    const study = this.studies.find((each) => `an-${each.arrival}` === id);
    if (study === undefined) return refuse(response, 404, 'ANALYSIS-0001', 'The analysis is not known.');
    if (act === 'reveal') return json(response, 204, undefined);
    if (act === 'heat-map') return send(response, 'image/png', heatMap());
    if (act === 'findings') {
      this.feedback.set(findingId, { feedback: body['feedback'] ?? '', comments: body['comments'] ?? null });
      return json(response, 204, undefined);
    }
    return json(response, 200, this.analysisOf(study));
  }

  private analysisOf(study: MockStudy): unknown {
    const finding = (name: string, label: string, severity: string, score: number, point: number, box: unknown) => {
      const id = `f-${study.arrival}-${name}`;
      return {
        id, findingType: name, label, severity, confidenceScore: score, operatingPoint: point, positive: score >= point,
        boundingBox: box, sopInstanceUid: `${study.uid}.1.1`, frameNumber: 1, description: null,
        radiologistFeedback: this.feedback.get(id)?.feedback ?? null,
        radiologistComments: this.feedback.get(id)?.comments ?? null,
      };
    };
    const critical = study.severity === 'critical';
    const urgent = study.severity === 'urgent';
    return {
      analysisId: `an-${study.arrival}`, studyInstanceUid: study.uid, modality: study.modality,
      status: study.aiStatus === 'not_run' ? 'cancelled' : study.aiStatus,
      priority: 'routine', requestedAt: study.receivedAt, startedAt: study.receivedAt,
      completedAt: new Date().toISOString(), processingTimeMs: 212,
      modelId: 'phantom-chest', modelVersion: '1.0.0', modelName: 'Phantom chest', notForClinicalUse: true,
      intendedUse: 'Shows the chain on synthetic images. Not a medical device.', errorCode: null, errorMessage: null,
      findings: [
        finding('pneumothorax', 'Pneumothorax', 'critical', critical ? 0.973 : 0.021, 0.41, critical ? BOX : null),
        finding('consolidation', 'Consolidation', 'urgent', urgent ? 0.88 : critical ? 0.57 : 0.06, 0.5,
          urgent || critical ? { x: 250, y: 560, width: 170, height: 150 } : null),
        finding('nodule', 'Nodule', 'routine', critical ? 0.52 : 0.11, 0.5, critical ? { x: 300, y: 330, width: 62, height: 58 } : null),
        finding('effusion', 'Pleural effusion', 'urgent', 0.08, 0.37, null),
      ],
      heatMap: critical, disclaimer: DISCLAIMER,
    };
  }
}

function studyOf(study: MockStudy): unknown {
  const acquired = {
    seriesInstanceUid: `${study.uid}.1`, modality: study.modality, seriesDescription: study.description,
    seriesNumber: 1, origin: 'acquired',
    instances: Array.from({ length: study.frames }, (_, index) => ({
      sopInstanceUid: `${study.uid}.1.${index + 1}`, sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
      instanceNumber: index + 1, rows: 1024, columns: 1024, numberOfFrames: 1,
    })),
  };
  const report = {
    seriesInstanceUid: `${study.uid}.9`, modality: 'SR', seriesDescription: 'Vigil AI measurement report',
    seriesNumber: 900, origin: 'vigil',
    instances: [{ sopInstanceUid: `${study.uid}.9.1`, sopClassUid: '1.2.840.10008.5.1.4.1.1.88.34',
      instanceNumber: 1, rows: null, columns: null, numberOfFrames: null }],
  };
  const ran = study.aiStatus !== 'not_run';
  return {
    studyInstanceUid: study.uid, patientName: study.patientName, patientId: study.patientId,
    patientBirthDate: study.birthDate, patientSex: study.sex, accessionNumber: study.accession,
    studyDate: '2026-11-22', studyDescription: study.description, modality: study.modality,
    matchStatus: study.matchStatus,
    series: study.aiStatus === 'completed' ? [acquired, report] : [acquired],
    analyses: ran
      ? [{ analysisId: `an-${study.arrival}`, status: study.aiStatus, modelId: 'phantom-chest', modelVersion: '1.0.0',
          priority: 'routine', errorCode: study.aiStatus === 'failed' ? 'ANALYSIS-0012' : null,
          errorMessage: study.aiStatus === 'failed' ? 'The model did not answer within 30 s.' : null }]
      : [],
    aiUnavailable: null,
    priors: [],
  };
}

function sessionOf(user: string): unknown {
  return {
    tenant: 'st-agnes', tenantName: 'St. Agnes Hospital', username: user,
    displayName: `Dr. ${user.charAt(0).toUpperCase()}${user.slice(1)}`, roles: ROLES[user], permissions: PERMISSIONS[user], restricted: null,
    expiresAt: new Date(Date.now() + 8 * 3_600_000).toISOString(),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const part of request) text += String(part);
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
}

export function send(response: ServerResponse, type: string, body: Buffer | string): true {
  response.writeHead(200, { 'Content-Type': type });
  response.end(body);
  return true;
}

export function json(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
  return true;
}

export function refuse(response: ServerResponse, status: number, code: string, error: string): true {
  return json(response, status, { error, code, details: null, timestamp: new Date().toISOString(), analysisId: null });
}
