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
      { studyInstanceUid: uid(8), orderId: 'or-8', differences: ['PatientID', 'PatientName'], since: at(66) },
    ],
    orders: [
      { id: 'or-1', accessionNumber: 'A26-11900', patientName: 'VARGA^PETER', patientId: 'SA-300411', modality: 'DX', procedureText: 'Chest PA', priority: 'routine', placerOrderNumber: 'P-88211', orderingProviderName: 'OBI^EMEKA', orderedAt: at(141), receivedAt: at(140), status: 'awaiting' },
    ],
    deliveries: [
      { id: 'de-1', kind: 'hl7_oru', studyInstanceUid: uid(3), status: 'failed', attempts: 5, lastError: 'DELIVERY-0003: the connection was refused', nextAttemptAt: null, createdAt: at(30) },
      { id: 'de-2', kind: 'fhir_bundle', studyInstanceUid: uid(4), status: 'retrying', attempts: 2, lastError: 'DELIVERY-0007: answered 503', nextAttemptAt: at(-1), createdAt: at(12) },
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
    if (method === 'GET') return json(response, 200, { studies: office.quarantine });
    if ((body['reason'] ?? '') === '') return json(response, 400, { error: 'A reason is needed.', code: 'ANALYSIS-0030' });
    office.quarantine = office.quarantine.filter((each) => each['studyInstanceUid'] !== id);
    changed();
    return json(response, 204, undefined);
  }
  if (room === 'orders') return json(response, 200, { orders: office.orders });
  if (room === 'deliveries') {
    if (method === 'GET') return json(response, 200, { deliveries: office.deliveries.filter((each) => each['status'] === url.searchParams.get('status')) });
    if (act === 'retry') office.deliveries = office.deliveries.filter((each) => each['id'] !== id);
    return json(response, 204, undefined);
  }
  if (room === 'models') {
    const model = (id: string, name: string, labels: string[]) => ({
      id, name, version: '1.0.0', modalities: ['DX', 'CR'], bodyParts: ['CHEST'], labels, enabled: true,
      intendedUse: 'Shows the chain on synthetic images. Not a medical device.', notForClinicalUse: true,
      sha256: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184', importedAt: null,
      modelCard: '# Model card\n\nTrained on synthetic films.',
    });
    return json(response, 200, { models: [
      model('phantom-chest', 'Phantom chest', ['Pneumothorax', 'Consolidation', 'Nodule', 'Pleural effusion']),
      model('pneumonia-mnist', 'Pneumonia, open data', ['Pneumonia']),
    ] });
  }
  if (room === 'audit') {
    const page = Number(url.searchParams.get('page') ?? 1);
    const events = Array.from({ length: 25 }, (_, index) => ({
      id: page * 100 + index, occurredAt: new Date(Date.now() - index * 61_000 - page * 3_600_000).toISOString(),
      action: ['STUDY_RECEIVED', 'ANALYSIS_COMPLETED', 'AI_REVEALED', 'LOGIN'][index % 4], outcome: 'SUCCESS',
      actorKind: 'PERSON', actorName: index % 4 < 2 ? 'vigil' : 'radiologist', actorAddress: '10.4.7.21',
      studyInstanceUid: '1.2.826.0.1.3680043.10.9999.1031', patientId: null, entity: null, details: { model: 'phantom-chest' },
    }));
    return json(response, 200, { events, page, limit: 25, total: 61 });
  }
  if (room === 'night-summary') {
    return json(response, 200, { studies: 47, analysed: 36, failed: 1, notRun: 10, pending: 0, unmatched: 1, quarantined: 1, awaitingOrders: 1,
      deliveries: { sr: { delivered: 36 }, sc: { delivered: 1 }, oru: { delivered: 35, failed: 1 }, fhir: { delivered: 35, retrying: 1 } },
      alerts: 3, auditEvents: 412 });
  }
  return false;
}
