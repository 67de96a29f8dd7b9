import { formBody } from "../../console/fakes/form-body.ts";

export type Page = {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
  readonly text: string;
};

/** Somebody at the console with a browser that runs no scripts: keeps cookies, sends forms, follows nothing by itself. */
export function visitor(console: string) {
  const jar = new Map<string, string>();

  async function ask(path: string, init: RequestInit = {}): Promise<Page> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, Cookie: cookie };
    const response = await fetch(new URL(path, console), { ...init, redirect: "manual", headers });
    for (const field of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(field) ?? [];
      if (value === "" || /max-age=0/i.test(field)) jar.delete(name);
      else jar.set(name, value);
    }
    const html = await response.text();
    const text = html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
    return { status: response.status, location: response.headers.get("Location"), html, text };
  }

  return {
    see: async (path: string) => await ask(path),
    send: async (path: string, fields: Readonly<Record<string, string>>) =>
      await ask(path, {
        method: "POST",
        body: formBody(fields),
        headers: { Origin: new URL(console).origin, "Sec-Fetch-Site": "same-origin" },
      }),
  };
}
