/** Colours of the canvases; the style sheet has the same. Picks red and predictions blue, as analysts know them. */
export const theme = Object.freeze({
  paper: "#ffffff",
  stripe: "#f6f8f9",
  ink: "#1d2a33",
  faint: "#8795a0",
  grid: "#e4e9ec",
  trace: "#22303a",
  pick: "#c81e1e",
  prediction: "#1f6fd0",
  other: "#9a7b1c",
  /** A detection that another event holds. */
  rival: "#8a3ab9",
  chosen: "#ffd54a99",
  measured: "#1f6fd022",
  sea: "#eaf1f5",
  land: "#d3d8d2",
  coast: "#a9b3ab",
  graticule: "#dbe5ea",
  path: "#c81e1e66",
  ellipse: "#c81e1e",
  event: "#e0761a",
  eventEdge: "#8a4208",
  truth: "#0b6b3a",
  seismic: "#2a4d6e",
  hydroacoustic: "#0a8ea0",
  infrasound: "#7a4fa3",
  font: "11px ui-sans-serif, system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
  smallFont: "10px ui-sans-serif, system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif",
});

/** Fits a canvas to its box and to the screen's pixels; returns the context scaled to CSS pixels, cleared to the paper. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth;
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight;
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (context) context.font = theme.font;
  return context;
}
