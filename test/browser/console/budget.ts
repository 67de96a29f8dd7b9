import type { OpenWindow } from "./windows.ts";
export function budget(_open: OpenWindow, _served?: unknown): void {}
