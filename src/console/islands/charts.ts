import { drawCharts } from "./chart.ts";

drawCharts();
document.addEventListener("snapbyte:refreshed", drawCharts);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
