import { useEffect, useRef, useState } from 'react';
import { asApiError, ApiError } from '../../api/client';
import type { Finding, Series } from '../../api/types';
import { Icon, type IconName } from '../../design/Icon';
import { ErrorNotice } from '../../design/Notice';
import { useKeys } from '../../shell/useKeys';
import { samePlacement } from './geometry';
import { Overlay } from './Overlay';
import { StackViewer, type ViewerState, type ViewerTool } from './StackViewer';
import { framesOf, type Frame } from './wadors';

const TOOLS: { tool: ViewerTool; word: string; icon: IconName; key: string }[] = [
  { tool: 'window', word: 'Window', icon: 'window', key: 'W' },
  { tool: 'pan', word: 'Pan', icon: 'pan', key: 'P' },
  { tool: 'zoom', word: 'Zoom', icon: 'zoom', key: 'Z' },
  { tool: 'scroll', word: 'Scroll', icon: 'stack', key: 'S' },
];

interface ViewportProps {
  studyUid: string;
  series: Series;
  /** Findings to draw; empty while the AI is hidden. */
  findings: Finding[];
  selected: Finding | null;
  onSelect: (findingId: string) => void;
  heatMap: { url: string; opacity: number } | null;
}

function isOn(finding: Finding, frame: Frame | undefined): boolean {
  if (finding.sopInstanceUid === null || frame === undefined) return frame !== undefined;
  return finding.sopInstanceUid === frame.sopInstanceUid && (finding.frameNumber ?? 1) === frame.frameNumber;
}

function same(a: ViewerState | null, b: ViewerState): boolean {
  return (
    a !== null && a.index === b.index && a.windowCenter === b.windowCenter && a.windowWidth === b.windowWidth &&
    a.inverted === b.inverted && a.zoom === b.zoom && a.width === b.width && a.height === b.height && samePlacement(a.placement, b.placement)
  );
}

export default function Viewport({ studyUid, series, findings, selected, onSelect, heatMap }: ViewportProps) {
  const element = useRef<HTMLDivElement>(null);
  const viewer = useRef<StackViewer | null>(null);
  const [ready, setReady] = useState(false);
  const [frames, setFrames] = useState<Frame[]>([]);
  const [state, setState] = useState<ViewerState | null>(null);
  const [tool, setTool] = useState<ViewerTool>('window');
  const [error, setError] = useState<ApiError | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const host = element.current;
    if (host === null) return undefined;
    let closed = false;
    StackViewer.open(host, (next) => setState((now) => (same(now, next) ? now : next))).then(
      (opened) => {
        if (closed) {
          opened.close();
          return;
        }
        viewer.current = opened;
        setReady(true);
      },
      (cause: unknown) => setError(new ApiError('The image viewer could not start in this browser.', 'VIEWER-START', 0, String(cause))),
    );
    return () => {
      closed = true;
      viewer.current?.close();
      viewer.current = null;
    };
  }, []);

  useEffect(() => {
    if (!ready) return undefined;
    const abort = new AbortController();
    async function show() {
      const found = await framesOf(studyUid, series, abort.signal);
      if (abort.signal.aborted) return;
      setFrames(found);
      await viewer.current?.show(found.map((frame) => frame.imageId), 0);
    }
    show().catch((cause: unknown) => {
      if (abort.signal.aborted) return;
      const status = cause instanceof XMLHttpRequest ? cause.status : 0;
      setError(
        cause instanceof ApiError || status === 0
          ? asApiError(cause)
          : new ApiError('The image could not be fetched.', `HTTP-${status}`, status),
      );
    });
    return () => abort.abort();
  }, [ready, studyUid, series, attempt]);

  // A finding chosen in the list: go to its image, then bring its box to the middle.
  useEffect(() => {
    const box = selected?.boundingBox ?? null;
    const at = selected === null ? -1 : frames.findIndex((frame) => isOn(selected, frame));
    if (box === null || at < 0) return;
    void viewer.current?.go(at).then(() => viewer.current?.centre(box));
  }, [selected, frames]);

  function choose(next: ViewerTool) {
    viewer.current?.setTool(next);
    setTool(next);
  }

  useKeys({
    w: () => choose('window'),
    p: () => choose('pan'),
    z: () => choose('zoom'),
    s: () => choose('scroll'),
    i: () => viewer.current?.invert(),
    0: () => viewer.current?.reset(),
    ArrowDown: () => viewer.current?.step(1),
    ArrowRight: () => viewer.current?.step(1),
    ArrowUp: () => viewer.current?.step(-1),
    ArrowLeft: () => viewer.current?.step(-1),
  });

  const frame = state === null ? undefined : frames[state.index];
  return (
    <section className="viewer" aria-label="Image">
      <div className="viewer-tools" role="toolbar" aria-label="Image tools">
        {TOOLS.map((each) => (
          <button key={each.tool} type="button" className="button quiet" aria-pressed={tool === each.tool}
            title={`${each.word} (${each.key})`} data-testid={`tool-${each.tool}`} onClick={() => choose(each.tool)}>
            <Icon name={each.icon} />
            {each.word}
          </button>
        ))}
        <button type="button" className="button quiet" aria-pressed={state?.inverted ?? false} title="Invert (I)"
          data-testid="tool-invert" onClick={() => viewer.current?.invert()}>
          <Icon name="invert" />
          Invert
        </button>
        <button type="button" className="button quiet" title="Reset (0)" data-testid="tool-reset"
          onClick={() => viewer.current?.reset()}>
          <Icon name="reset" />
          Reset
        </button>
      </div>
      <div className="viewport-frame">
        <div ref={element} className="viewport" data-testid="viewport" data-rendered={frame !== undefined && state?.placement !== null}
          data-sop-instance-uid={frame?.sopInstanceUid} data-index={state?.index}
          data-window={`${state?.windowCenter ?? ''}/${state?.windowWidth ?? ''}`} data-inverted={state?.inverted ?? false}
          data-zoom={state?.zoom.toFixed(3)} onContextMenu={(e) => e.preventDefault()} />
        {frame !== undefined && state?.placement != null && (
          <Overlay placement={state.placement} width={state.width} height={state.height}
            findings={findings.filter((finding) => isOn(finding, frame))} selected={selected?.id ?? null}
            onSelect={onSelect} heatMap={heatMap} />
        )}
        {frame !== undefined && state !== null && (
          <p className="viewport-label number" data-testid="frame-label">
            <span>
              Image {state.index + 1} of {frames.length}
            </span>
            <span>
              C {state.windowCenter ?? '–'} W {state.windowWidth ?? '–'}
            </span>
            <span>Zoom {state.zoom.toFixed(2)}</span>
            {state.inverted && <span>Inverted</span>}
          </p>
        )}
        {error !== null && (
          <div className="viewport-error">
            <ErrorNotice error={error} onRetry={() => {
              setError(null);
              setAttempt((n) => n + 1);
            }} />
          </div>
        )}
        {error === null && frame === undefined && <p className="viewport-wait dim">Fetching images…</p>}
      </div>
    </section>
  );
}
