/** A file that acts when a browser shows it. */
export type ActiveFile = { readonly name: string; readonly type: string; readonly body: Uint8Array };

/** One of each kind; `marker` gives the address that a file's script asks for when it runs. */
export function activeFiles(marker: (name: string) => string): readonly ActiveFile[] {
  const script = (name: string) => `new Image().src = ${JSON.stringify(marker(name))};`;
  return [
    { name: "paper.pdf", type: "application/pdf", body: pdf("A paper of one page") },
    {
      name: "page.html",
      type: "text/html; charset=utf-8",
      body: Buffer.from(`<!doctype html><title>A page</title><p>Hello<script>${script("page.html")}</script>`),
    },
    {
      name: "drawing.svg",
      type: "image/svg+xml",
      body: Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="teal"/>` +
          `<script>${script("drawing.svg")}</script></svg>`,
      ),
    },
  ];
}

/** A PDF 1.4 (ISO 32000-1 section 7.5) of one page that shows a line of text. */
function pdf(text: string): Uint8Array {
  const content = `BT /F1 24 Tf 20 100 Td (${text}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  const entries = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`);
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join("")}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
