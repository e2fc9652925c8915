import { cleanup, render, screen } from '@testing-library/react';
import jsQR from 'jsqr';
import { afterEach, describe, expect, it } from 'vitest';
import { QrCode } from './QrCode';

const URI = 'otpauth://totp/Vigil%3Amax.reader%40st-agnes?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Vigil';
const PIXELS_A_MODULE = 4;

/** What a camera would see of the figure: its path, painted. */
function painted(svg: HTMLElement): { pixels: Uint8ClampedArray; width: number } {
  const size = Number(svg.getAttribute('viewBox')?.split(' ')[2]);
  const width = size * PIXELS_A_MODULE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y] of svg.querySelector('path')?.getAttribute('d')?.matchAll(/M(\d+) (\d+)h1v1h-1z/g) ?? []) {
    for (let dy = 0; dy < PIXELS_A_MODULE; dy++) {
      for (let dx = 0; dx < PIXELS_A_MODULE; dx++) {
        const at = ((Number(y) * PIXELS_A_MODULE + dy) * width + Number(x) * PIXELS_A_MODULE + dx) * 4;
        pixels.fill(0, at, at + 3);
      }
    }
  }
  return { pixels, width };
}

describe('the QR code of an authenticator app', () => {
  afterEach(cleanup);

  it('reads as the address it was made of', () => {
    render(<QrCode text={URI} label="Key" />);
    const { pixels, width } = painted(screen.getByRole('img', { name: 'Key' }));
    expect(jsQR(pixels, width, width)?.data).toBe(URI);
  });

  it('needs no inline style, which the content security policy forbids', () => {
    const { container } = render(<QrCode text={URI} label="Key" />);
    expect(container.querySelector('[style], style, img, script')).toBeNull();
  });
});
