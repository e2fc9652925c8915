import type { BoundingBox } from '../../api/types';

export type Point = readonly [number, number];

/**
 * Where the image lies on the screen: `origin` is the top left corner of its first pixel in CSS
 * pixels of the viewport, `column` and `row` are the steps of one image pixel to the right and down.
 * Zoom, pan, flip and rotation are all in these three.
 */
export interface ImagePlacement {
  origin: Point;
  column: Point;
  row: Point;
  columns: number;
  rows: number;
}

/** The screen point of the image point (x, y), in pixels from the image's top left corner. */
export function toScreen({ origin, column, row }: ImagePlacement, x: number, y: number): Point {
  return [origin[0] + x * column[0] + y * row[0], origin[1] + x * column[1] + y * row[1]];
}

/** The four corners of a box on the screen, clockwise from its top left. */
export function corners(placement: ImagePlacement, box: BoundingBox): Point[] {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  return [
    toScreen(placement, box.x, box.y),
    toScreen(placement, right, box.y),
    toScreen(placement, right, bottom),
    toScreen(placement, box.x, bottom),
  ];
}

/**
 * Where a label goes: above the highest corner, or below the lowest when that would leave the
 * view; pushed left when it would run over the right edge.
 */
export function labelPlace(points: readonly Point[], view: { width: number; height: number }, labelWidth: number): Point {
  const edge = Math.min(...points.map(([x]) => x));
  // A box outside the view takes its label with it.
  const outside = edge > view.width || Math.max(...points.map(([x]) => x)) < 0;
  const left = outside ? edge : Math.max(4, Math.min(edge, view.width - labelWidth - 4));
  const top = Math.min(...points.map(([, y]) => y));
  const bottom = Math.max(...points.map(([, y]) => y));
  if (top - 8 > 18) return [left, top - 8];
  return bottom + 20 < view.height ? [left, bottom + 20] : [left + 8, Math.max(24, top + 24)];
}

/** The SVG transform that lays an element of `columns` × `rows` units exactly over the image. */
export function svgMatrix({ origin, column, row }: ImagePlacement): string {
  return `matrix(${[column[0], column[1], row[0], row[1], origin[0], origin[1]].join(' ')})`;
}

export function samePlacement(a: ImagePlacement | null, b: ImagePlacement | null): boolean {
  if (a === null || b === null) return a === b;
  return svgMatrix(a) === svgMatrix(b) && a.columns === b.columns && a.rows === b.rows;
}
