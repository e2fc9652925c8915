import { Enums, getRenderingEngine, RenderingEngine, utilities, type Types } from '@cornerstonejs/core';
import { Enums as ToolEnums, PanTool, StackScrollTool, ToolGroupManager, WindowLevelTool, ZoomTool } from '@cornerstonejs/tools';
import type { BoundingBox } from '../../api/types';
import type { ImagePlacement, Point } from './geometry';
import { startCornerstone } from './startCornerstone';

export type ViewerTool = 'window' | 'pan' | 'zoom' | 'scroll';

/** What the viewport shows, told after every drawing. */
export interface ViewerState {
  index: number;
  placement: ImagePlacement | null;
  windowCenter: number | null;
  windowWidth: number | null;
  inverted: boolean;
  zoom: number;
  /** Size of the viewport in CSS pixels. */
  width: number;
  height: number;
}

const TOOL_NAMES: Record<ViewerTool, string> = {
  window: WindowLevelTool.toolName,
  pan: PanTool.toolName,
  zoom: ZoomTool.toolName,
  scroll: StackScrollTool.toolName,
};

const { MouseBindings } = ToolEnums;
const ENGINE = 'vigil';

let serial = 0;

/** One Cornerstone3D stack viewport in one element. Made by {@link StackViewer.open}, ended by close. */
export class StackViewer {
  private readonly element: HTMLDivElement;
  private readonly id: string;
  private readonly engine: RenderingEngine;
  private readonly resize: ResizeObserver;
  private readonly onState: (state: ViewerState) => void;
  private imageIds: string[] = [];

  static async open(element: HTMLDivElement, onState: (state: ViewerState) => void): Promise<StackViewer> {
    await startCornerstone();
    return new StackViewer(element, onState);
  }

  private constructor(element: HTMLDivElement, onState: (state: ViewerState) => void) {
    serial += 1;
    this.element = element;
    this.onState = onState;
    this.id = `stack-${serial}`;
    this.engine = (getRenderingEngine(ENGINE) as RenderingEngine | undefined) ?? new RenderingEngine(ENGINE);
    this.engine.enableElement({ viewportId: this.id, type: Enums.ViewportType.STACK, element });
    const group = ToolGroupManager.createToolGroup(this.id);
    if (group === undefined) throw new Error(`the tool group ${this.id} exists already`);
    for (const name of Object.values(TOOL_NAMES)) group.addTool(name);
    group.addViewport(this.id, ENGINE);
    this.setTool('window');
    element.addEventListener(Enums.Events.IMAGE_RENDERED, this.tell);
    element.addEventListener(Enums.Events.CAMERA_MODIFIED, this.tell);
    this.resize = new ResizeObserver(() => this.engine.resize(true, true));
    this.resize.observe(element);
  }

  /** Shows a stack, beginning with the image at `index`. */
  async show(imageIds: string[], index: number): Promise<void> {
    this.imageIds = imageIds;
    const viewport = this.viewport();
    if (viewport === null) return;
    await viewport.setStack(imageIds, index);
    viewport.render();
  }

  setTool(tool: ViewerTool): void {
    const group = ToolGroupManager.getToolGroup(this.id);
    if (group === undefined) return;
    const fixed: Record<ViewerTool, { mouseButton: number }[]> = {
      window: [],
      pan: [{ mouseButton: MouseBindings.Auxiliary }],
      zoom: [{ mouseButton: MouseBindings.Secondary }],
      scroll: [{ mouseButton: MouseBindings.Wheel }],
    };
    for (const each of Object.keys(TOOL_NAMES) as ViewerTool[]) {
      const bindings = each === tool ? [...fixed[each], { mouseButton: MouseBindings.Primary }] : fixed[each];
      group.setToolPassive(TOOL_NAMES[each], { removeAllBindings: true });
      if (bindings.length > 0) group.setToolActive(TOOL_NAMES[each], { bindings });
    }
  }

  invert(): void {
    const viewport = this.viewport();
    if (viewport === null) return;
    viewport.setProperties({ invert: viewport.getProperties().invert !== true });
    viewport.render();
  }

  reset(): void {
    const viewport = this.viewport();
    if (viewport === null) return;
    viewport.resetCamera();
    viewport.resetProperties();
    viewport.render();
  }

  async go(index: number): Promise<void> {
    const viewport = this.viewport();
    if (viewport === null || index < 0 || index >= this.imageIds.length) return;
    if (viewport.getCurrentImageIdIndex() !== index) await viewport.setImageIdIndex(index);
  }

  step(by: number): void {
    const viewport = this.viewport();
    if (viewport !== null) void this.go(viewport.getCurrentImageIdIndex() + by);
  }

  /** Pans so that the middle of the box is in the middle of the view. */
  centre(box: BoundingBox): void {
    const viewport = this.viewport();
    const placement = this.placement();
    if (viewport === null || placement === null) return;
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const at = {
      x: placement.origin[0] + x * placement.column[0] + y * placement.row[0],
      y: placement.origin[1] + x * placement.column[1] + y * placement.row[1],
    };
    const pan = viewport.getPan();
    viewport.setPan([
      pan[0] + this.element.clientWidth / 2 - at.x,
      pan[1] + this.element.clientHeight / 2 - at.y,
    ]);
    viewport.render();
  }

  close(): void {
    this.resize.disconnect();
    this.element.removeEventListener(Enums.Events.IMAGE_RENDERED, this.tell);
    this.element.removeEventListener(Enums.Events.CAMERA_MODIFIED, this.tell);
    ToolGroupManager.destroyToolGroup(this.id);
    this.engine.disableElement(this.id);
  }

  private viewport(): Types.IStackViewport | null {
    return (this.engine.getViewport(this.id) as Types.IStackViewport | undefined) ?? null;
  }

  private readonly tell = (): void => {
    const viewport = this.viewport();
    if (viewport === null || viewport.getCurrentImageId() === undefined) return;
    const { voiRange, invert } = viewport.getProperties();
    // Cornerstone leaves the range null until the first image is drawn, whatever its types say.
    const window = voiRange ? utilities.windowLevel.toWindowLevel(voiRange.lower, voiRange.upper) : null;
    this.onState({
      index: viewport.getCurrentImageIdIndex(),
      placement: this.placement(),
      windowCenter: window === null ? null : Math.round(window.windowCenter),
      windowWidth: window === null ? null : Math.round(window.windowWidth),
      inverted: invert === true,
      zoom: viewport.getZoom(),
      width: this.element.clientWidth,
      height: this.element.clientHeight,
    });
  };

  /** Cornerstone counts indices at pixel centres; half a pixel leads to the corner. */
  private placement(): ImagePlacement | null {
    const viewport = this.viewport();
    const data = viewport?.getImageData();
    if (viewport === null || data === undefined || data === null) return null;
    const image = data.imageData as unknown as { indexToWorld: (index: Types.Point3) => Types.Point3 };
    const at = (i: number, j: number): Point => {
      const [x, y] = viewport.worldToCanvas(image.indexToWorld([i, j, 0]));
      return [x, y];
    };
    const [columns, rows] = data.dimensions;
    const origin = at(-0.5, -0.5);
    const right = at(columns - 0.5, -0.5);
    const down = at(-0.5, rows - 0.5);
    return {
      origin,
      column: [(right[0] - origin[0]) / columns, (right[1] - origin[1]) / columns],
      row: [(down[0] - origin[0]) / rows, (down[1] - origin[1]) / rows],
      columns,
      rows,
    };
  }
}
