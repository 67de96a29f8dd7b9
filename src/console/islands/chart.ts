import uPlot from "uplot";
import { axisLabel, momentLabel } from "./axis-label.ts";
import { lonely, withoutRepetition } from "./lonely.ts";

type Drawn = { readonly plot: uPlot; readonly watch: ResizeObserver };

const HEIGHT = 220;
const HOUR_S = 3_600;
const DAY_S = 86_400;
let drawn: Drawn[] = [];

/** Draws every chart of the page from its table, in the page's colours; those that were drawn before are drawn anew. */
export function drawCharts(): void {
  for (const { plot, watch } of drawn) {
    watch.disconnect();
    plot.destroy();
  }
  drawn = [...document.querySelectorAll<HTMLElement>("[data-chart]")].flatMap((place) => {
    const table = document.getElementById(place.dataset.table ?? "");
    return table instanceof HTMLTableElement ? [draw(place, table)] : [];
  });
}

function draw(place: HTMLElement, table: HTMLTableElement): Drawn {
  const heads = [...table.querySelectorAll<HTMLElement>("thead th")].slice(1);
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  const moments = rows.map((row) => Number(row.dataset.at));
  const data = [moments, ...heads.map((_, column) => rows.map((row) => numberIn(row.cells[column + 1])))];
  const unit = place.dataset.unit ?? "count";
  const paths = place.dataset.chart === "bars" ? (uPlot.paths.bars?.({ size: [0.72, 32] }) ?? null) : null;
  const step = (moments[1] ?? 0) - (moments[0] ?? 0) || ((moments[0] ?? 0) % DAY_S === 0 ? DAY_S : HOUR_S);
  const width = () => place.clientWidth;
  place.replaceChildren();
  const axis = {
    ...{ stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } },
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
  };
  const series = heads.map((head, column) => {
    const stroke = colour(`--series-${head.dataset.tone}`);
    const label = head.textContent ?? "";
    const value = (_plot: uPlot, shown: number | null) => (shown == null ? "" : axisLabel(shown, unit));
    if (!paths) {
      const fill = colour(`--series-${head.dataset.tone}-soft`);
      const alone = lonely(data[column + 1] ?? []);
      const points = { show: alone.length > 0, size: 7, filter: () => alone };
      return { label, stroke, value, width: 2, fill, points };
    }
    const fill = head.dataset.tone === "muted" ? colour("--series-muted-bar") : stroke;
    return { ...{ label, stroke: fill, fill, value, paths, width: 0 }, points: { show: false } };
  });
  const plot = new uPlot(
    {
      ...{
        width: width(),
        height: HEIGHT,
        series: [{ label: "UTC", value: (_plot, at) => momentLabel(at, step) }, ...series],
      },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      scales: {
        x: { range: (_plot, low, high) => (paths ? [low - step / 2, high + step / 2] : [low, high]) },
        y: { range: (_plot, _low, high) => [0, unit === "percent" ? 100 : Math.max(high * 1.1, LEAST[unit] ?? 4)] },
      },
      cursor: { y: false, points: { size: 7 } },
      axes: [
        { ...axis, size: 30, values: (_plot, splits) => withoutRepetition(splits.map((at) => axisMoment(at, step))) },
        { ...axis, size: 64, values: (_plot, splits) => splits.map((value) => axisLabel(value, unit)) },
      ],
    },
    data as uPlot.AlignedData,
    place,
  );
  // What it shows is in the table: a reader would only stumble over the canvas.
  plot.root.setAttribute("aria-hidden", "true");
  const watch = new ResizeObserver(() => {
    if (width() !== plot.width) plot.setSize({ width: width(), height: HEIGHT });
  });
  watch.observe(place);
  return { plot, watch };
}

/** The top of an axis where there is next to nothing to show. */
const LEAST: Readonly<Record<string, number>> = { count: 4, bytes: 1000, dollars: 0.0001 };

function axisMoment(at: number, step: number): string {
  const text = momentLabel(at, step);
  return step >= DAY_S ? text : text.slice(-5);
}

function numberIn(cell: HTMLTableCellElement | undefined): number | null {
  const text = cell?.dataset.value ?? "";
  return text === "" ? null : Number(text);
}

/** A colour of the page's, as the canvas takes it: custom properties are not resolved by themselves. */
function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
