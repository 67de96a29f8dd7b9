import type { Page } from "playwright-core";

/** From now on: what a page says to those who develop it, and what it asks of hosts that are not `origin`. */
export function noiseOf(page: Page, origin: string): readonly string[] {
  const noise: string[] = [];
  page.on("pageerror", (error) => noise.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") noise.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) noise.push(`asked ${request.url()}`);
  });
  return noise;
}
