import { describe, expect, it } from "vitest";
import { categoryOf } from "../../../src/core/uploads/category.ts";

describe("the category of a MIME type", () => {
  it.each([
    ["image/png", "image"],
    ["IMAGE/SVG+XML", "image"],
    ["video/mp4", "video"],
    ["video/mp4; codecs=avc1", "video"],
    ["audio/mpeg", "audio"],
    ["text/plain; charset=utf-8", "document"],
    ["text/html", "document"],
    ["application/pdf", "document"],
    ["application/json", "document"],
    ["application/msword", "document"],
    ["application/vnd.ms-excel", "document"],
    ["application/vnd.ms-excel.sheet.macroenabled.12", "document"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document"],
    ["application/vnd.oasis.opendocument.text", "document"],
    ["application/vnd.oasis.opendocument.text-template", "document"],
    ["application/epub+zip", "document"],
    ["application/zip", "other"],
    ["application/octet-stream", "other"],
    ["application/pdfx", "other"],
    ["font/woff2", "other"],
    ["model/gltf-binary", "other"],
    ["imagery/png", "other"],
    ["image", "image"],
    ["", "other"],
  ])("of %j is %s", (type, category) => {
    expect(categoryOf(type)).toBe(category);
  });
});
