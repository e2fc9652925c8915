import { describe, expect, it } from 'vitest';
import { corners, labelPlace, svgMatrix, toScreen, type ImagePlacement } from './geometry';

const half: ImagePlacement = { origin: [100, 50], column: [0.5, 0], row: [0, 0.5], columns: 1024, rows: 1024 };
const quarterTurn: ImagePlacement = { origin: [600, 0], column: [0, 1], row: [-1, 0], columns: 600, rows: 600 };

describe('placement', () => {
  it('maps image pixels to the screen', () => {
    expect(toScreen(half, 200, 100)).toEqual([200, 100]);
    expect(toScreen(quarterTurn, 10, 20)).toEqual([580, 10]);
  });
  it('keeps a box on its pixels when the image is turned', () => {
    const box = { x: 10, y: 20, width: 100, height: 50 };
    expect(corners(half, box)).toEqual([[105, 60], [155, 60], [155, 85], [105, 85]]);
    expect(corners(quarterTurn, box)).toEqual([[580, 10], [580, 110], [530, 110], [530, 10]]);
  });
  it('gives SVG the same mapping', () => {
    expect(svgMatrix(half)).toBe('matrix(0.5 0 0 0.5 100 50)');
  });
});

describe('labelPlace', () => {
  const view = { width: 1000, height: 800 };
  it('stands above the box, below it at the upper edge, inside when the box fills the view', () => {
    expect(labelPlace([[10, 100], [60, 160]], view, 100)).toEqual([10, 92]);
    expect(labelPlace([[10, 5], [60, 160]], view, 100)).toEqual([10, 180]);
    expect(labelPlace([[10, 5], [60, 795]], view, 100)).toEqual([18, 29]);
  });
  it('stays inside the right edge', () => {
    expect(labelPlace([[960, 100], [990, 160]], view, 200)).toEqual([796, 92]);
    expect(labelPlace([[1100, 100], [1200, 160]], view, 200)).toEqual([1100, 92]);
  });
});
