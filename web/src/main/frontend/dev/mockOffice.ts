import type { ServerResponse } from 'node:http';
import { json } from './mockVigil.ts';
import type { MockStudy } from './night.ts';

type Row = Record<string, unknown>;

/** What the pages beside the worklist show. */
export interface Office {
  alerts: Row[];
  quarantine: Row[];
  orders: Row[];
  deliveries: Row[];
}

export function openOffice(studies: readonly MockStudy[]): Office {
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const uid = (n: number) => studies[n - 1]?.uid ?? '';
  return {
    alerts: [
      { id: 'al-1', studyInstanceUid: uid(31), findingLabel: 'Pneumothorax', severity: 'critical', status: 'escalated', recipient: 'Dr. Emeka Obi', createdAt: at(19), sentAt: at(19), acknowledgedAt: null, acknowledgedBy: null, escalationLevel: 1 },
      { id: 'al-2', studyInstanceUid: uid(19), findingLabel: 'Consolidation', severity: 'urgent', status: 'sent', recipient: 'Dr. Ruth Vance', createdAt: at(4), sentAt: at(4), acknowledgedAt: null, acknowledgedBy: null, escalationLevel: 0 },
      { id: 'al-3', studyInstanceUid: uid(6), findingLabel: 'Pleural effusion', severity: 'urgent', status: 'acknowledged', recipient: 'Dr. Ruth Vance', createdAt: at(58), sentAt: at(58), acknowledgedAt: at(51), acknowledgedBy: 'rvance', escalationLevel: 0 },
    ],
    quarantine: [
      { studyInstanceUid: uid(8), reason: 'Patient id of the images differs from the order.', quarantinedAt: at(66), accessionNumber: 'A26-11808', study: { patientName: 'LINDQVIST^ANNA', patientId: 'SA-206281' }, order: { patientName: 'LINDQVIST^ANNE', patientId: 'SA-206218' } },
    ],
    orders: [
      { id: 'or-1', accessionNumber: 'A26-11900', patientName: 'VARGA^PETER', patientId: 'SA-300411', modality: 'DX', description: 'Chest PA', priority: 'routine', receivedAt: at(140), status: 'awaiting' },
    ],
    deliveries: [
      { id: 'de-1', kind: 'ORU', studyInstanceUid: uid(3), destination: 'RIS, RADNET', status: 'failed', attempts: 5, lastError: 'DELIVERY-0003: the connection was refused', nextAttemptAt: null, createdAt: at(30) },
      { id: 'de-2', kind: 'FHIR', studyInstanceUid: uid(4), destination: 'EHR', status: 'retrying', attempts: 2, lastError: 'DELIVERY-0007: answered 503', nextAttemptAt: at(-1), createdAt: at(12) },
    ],
  };
}

export function answerOffice(
  method: string, url: URL, body: Record<string, string>, response: ServerResponse, office: Office, changed: () => void,
): boolean {
  const [, , room = '', id = '', act = ''] = url.pathname.split('/');
  if (room === 'alerts') {
    if (method === 'GET') return json(response, 200, { alerts: office.alerts });
    const alert = office.alerts.find((each) => each['id'] === id);
    Object.assign(alert ?? {}, { status: 'acknowledged', acknowledgedAt: new Date().toISOString(), acknowledgedBy: 'radiologist' });
    return json(response, 204, undefined);
  }
  if (room === 'quarantine') {
    if (method === 'GET') return json(response, 200, { quarantine: office.quarantine });
    if ((body['reason'] ?? '') === '') return json(response, 400, { error: 'A reason is needed.', code: 'ANALYSIS-0030' });
    office.quarantine = office.quarantine.filter((each) => each['studyInstanceUid'] !== id);
    changed();
    return json(response, 204, undefined);
  }
  if (room === 'orders') return json(response, 200, { orders: office.orders });
  if (room === 'deliveries') {
    if (method === 'GET') return json(response, 200, { deliveries: office.deliveries });
    if (act === 'retry') office.deliveries = office.deliveries.filter((each) => each['id'] !== id);
    return json(response, 204, undefined);
  }
  if (room === 'models') {
    return json(response, 200, { models: [
      { id: 'phantom-chest', name: 'Phantom chest', version: '1.0.0', modality: ['DX', 'CR'], intendedUse: 'Shows the chain on synthetic images.', notForClinicalUse: true, enabled: true, sha256: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184', labels: [{ label: 'Pneumothorax', severity: 'critical', operatingPoint: 0.41 }, { label: 'Consolidation', severity: 'urgent', operatingPoint: 0.5 }], metrics: { auc: 0.991 } },
      { id: 'pneumonia-mnist', name: 'Pneumonia, open data', version: '1.0.0', modality: ['DX', 'CR'], intendedUse: 'Research on PneumoniaMNIST.', notForClinicalUse: true, enabled: true, sha256: 'c1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184', labels: [{ label: 'Pneumonia', severity: 'urgent', operatingPoint: 0.62 }] },
    ] });
  }
  if (room === 'audit') {
    const page = Number(url.searchParams.get('page') ?? 1);
    const events = Array.from({ length: 25 }, (_, index) => ({
      id: `au-${page}-${index}`, occurredAt: new Date(Date.now() - index * 61_000 - page * 3_600_000).toISOString(),
      action: ['study.received', 'analysis.completed', 'ai.revealed', 'login'][index % 4], actor: index % 4 < 2 ? 'vigil' : 'radiologist',
      outcome: 'success', entityType: 'study', entityId: '1.2.826.0.1.3680043.10.9999.1031', details: null,
    }));
    return json(response, 200, { events, pagination: { page, limit: 25, total: 61 } });
  }
  if (room === 'night-summary') {
    return json(response, 200, { studies: 47, analysed: 36, failed: 1, notRun: 10, quarantined: 1, awaitingOrders: 1,
      deliveries: { sr: { delivered: 36 }, sc: { delivered: 1 }, oru: { delivered: 35, failed: 1 }, fhir: { delivered: 35, retrying: 1 } },
      alerts: 3, auditEvents: 412 });
  }
  return false;
}
