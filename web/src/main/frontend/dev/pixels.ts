import { crc32, deflateSync } from 'node:zlib';

export const SIZE = 1024;
/** Where the mock's finding lies, in pixels of the image. */
export const BOX = { x: 640, y: 170, width: 190, height: 300 };

function noise(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function ellipse(x: number, y: number, cx: number, cy: number, rx: number, ry: number): number {
  const d = ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2;
  return d >= 1 ? 0 : Math.min(1, (1 - d) * 3);
}

/** A chest-like picture, 12 bits in 16, little endian; `slice` moves it a little through a stack. */
export function picture(seed: number, slice: number): Buffer {
  const random = noise(seed * 31 + slice);
  const pixels = new Uint16Array(SIZE * SIZE);
  const squeeze = 1 - slice * 0.012;
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const body = ellipse(x, y, 512, 620, 480 * squeeze, 640);
      const left = ellipse(x, y, 330, 470, 165 * squeeze, 320);
      const right = ellipse(x, y, 700, 470, 165 * squeeze, 320);
      const heart = ellipse(x, y, 570, 640, 150, 170);
      const spine = Math.max(0, 1 - Math.abs(x - 512) / 46);
      const ribs = Math.max(0, Math.sin((y + Math.abs(x - 512) * 0.55) / 19)) ** 4;
      let value = 140 + 1950 * body - 1250 * Math.max(left, right) * (1 - heart * 0.8) + 620 * heart + 520 * spine * body;
      value += 260 * ribs * Math.max(left, right);
      value -= seed === 31 ? 330 * ellipse(x, y, 735, 320, 95, 150) : 0;
      value += (random() - 0.5) * 130;
      pixels[y * SIZE + x] = Math.max(0, Math.min(4095, value));
    }
  }
  return Buffer.from(pixels.buffer);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
}

function checksum(body: Buffer): number {
  if (typeof crc32 === 'function') return crc32(body);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A 128 × 128 heat map over the finding, RGBA. */
export function heatMap(): Buffer {
  const n = 128;
  const rows = Buffer.alloc(n * (n * 4 + 1));
  for (let y = 0; y < n; y += 1) {
    for (let x = 0; x < n; x += 1) {
      const heat = ellipse(x, y, (BOX.x + BOX.width / 2) / 8, (BOX.y + BOX.height / 2) / 8, 16, 24);
      const at = y * (n * 4 + 1) + 1 + x * 4;
      rows.set([255, Math.round(220 * (1 - heat)), 30, Math.round(heat * 230)], at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(n, 0);
  header.writeUInt32BE(n, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
