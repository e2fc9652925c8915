import type { Finding } from '../../api/types';
import { percent } from '../../worklist/format';
import { SEVERITY_WORD } from '../words';
import { corners, labelPlace, svgMatrix, type ImagePlacement } from './geometry';

interface OverlayProps {
  placement: ImagePlacement;
  width: number;
  height: number;
  findings: Finding[];
  selected: string | null;
  onSelect: (findingId: string) => void;
  heatMap: { url: string; opacity: number } | null;
}

/** Widest a character of the label gets, in CSS pixels; the label is placed by its estimated width. */
const CHARACTER = 8.4;

function Box({ finding, placement, view, selected, onSelect }: {
  finding: Finding;
  placement: ImagePlacement;
  view: { width: number; height: number };
  selected: boolean;
  onSelect: (findingId: string) => void;
}) {
  if (finding.boundingBox === null) return null;
  const points = corners(placement, finding.boundingBox);
  const label = `${SEVERITY_WORD[finding.severity]}: ${finding.label} ${percent(finding.confidenceScore)}`;
  const [x, y] = labelPlace(points, view, label.length * CHARACTER);
  const path = points.map((point) => point.join(',')).join(' ');
  return (
    <g className={`finding-box severity-${finding.severity}${selected ? ' selected' : ''}`} data-testid="finding-box"
      data-finding-id={finding.id} data-severity={finding.severity} onClick={() => onSelect(finding.id)}>
      <polygon points={path} className="halo" />
      <polygon points={path} className="edge" />
      <text x={x} y={y}>
        {label}
      </text>
    </g>
  );
}

/**
 * AI boxes and heat map over the image, drawn from its placement so that they follow zoom and pan.
 * Severity is told by colour, line (full, dashed, dotted) and word. The middle of a box lets the
 * pointer through to the image.
 */
export function Overlay({ placement, width, height, findings, selected, onSelect, heatMap }: OverlayProps) {
  return (
    <svg className="overlay" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {heatMap !== null && (
        <image href={heatMap.url} width={placement.columns} height={placement.rows} preserveAspectRatio="none"
          transform={svgMatrix(placement)} opacity={heatMap.opacity} data-testid="heatmap" />
      )}
      {findings.map((finding) => (
        <Box key={finding.id} finding={finding} placement={placement} view={{ width, height }}
          selected={finding.id === selected} onSelect={onSelect} />
      ))}
    </svg>
  );
}
