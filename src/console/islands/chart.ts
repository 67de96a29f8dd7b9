import uPlot from "uplot";
import { axisLabel } from "./axis-label.ts";

type Drawn = { readonly place: HTMLElement; readonly plot: uPlot; readonly watch: ResizeObserver };

const HEIGHT = 220;
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
  const numbers = (column: number) => rows.map((row) => numberIn(row.cells[column + 1]));
  const data = [rows.map((row) => Number(row.dataset.at)), ...heads.map((_, column) => numbers(column))];
  const unit = place.dataset.unit ?? "count";
  const line = colour("--line");
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const axis = { stroke: colour("--muted"), grid: { stroke: line, width: 1 }, ticks: { show: false }, font };
  const draws = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.15 });
  const bars = place.dataset.chart === "bars" && draws ? { paths: draws } : {};
  place.replaceChildren();
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
    scales: {
      y: {
        range: (_plot, _low, high) => [
          0,
          unit === "percent" ? 100 : Math.max(high * 1.1, unit === "count" ? 4 : 0.0001),
        ],
      },
    },
    legend: { live: true },
    cursor: { y: false, points: { size: 7 } },
    axes: [axis, { ...axis, size: 64, values: (_plot, splits) => splits.map((value) => axisLabel(value, unit)) }],
    series: [
      {
        value: (_plot, at) => (at == null ? "—" : new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ")),
        label: "UTC",
      },
      ...heads.map((head, index) => {
        const stroke = colour(`--series-${head.dataset.tone}`);
        return {
          ...bars,
          label: head.textContent ?? "",
          stroke,
          width: 2,
          ...(index === 0 || "paths" in bars ? { fill: colour(`--series-${head.dataset.tone}-soft`) } : {}),
          points: { show: rows.length < 3 },
          value: (_plot: uPlot, value: number | null) => (value == null ? "—" : axisLabel(value, unit)),
        };
      }),
    ],
  };
  const plot = new uPlot(options, data as uPlot.AlignedData, place);
  // What it shows is in the table: a reader would only stumble over the canvas.
  plot.root.setAttribute("aria-hidden", "true");
  const watch = new ResizeObserver(() => {
    if (place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height: HEIGHT });
  });
  watch.observe(place);
  return { place, plot, watch };
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
