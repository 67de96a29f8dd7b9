import type { ComponentChildren } from "preact";
import type { Call } from "./call.ts";
import { assetPath } from "./serve-asset.ts";

type Props = {
  readonly call: Call;
  readonly title: string;
  readonly description?: string;
  /** Whether the page has charts, and needs what draws them. */
  readonly charts?: boolean;
  readonly children: ComponentChildren;
};

/** The frame of every page: head, styles, scripts, and a way past the navigation. */
export function Document({ call, title, description, charts = false, children }: Props) {
  const { built } = call.parts;
  return (
    <html lang="en" {...(call.theme && { "data-theme": call.theme })}>
      <head>
        <meta charset="utf-8" />
        <title>{title === "Snapbyte" ? title : `${title} · Snapbyte`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={call.theme ?? "light dark"} />
        {description && <meta name="description" content={description} />}
        <link rel="icon" href={assetPath(built, "icon.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath(built, "console.css")} />
        {charts && <link rel="stylesheet" href={assetPath(built, "charts.css")} />}
        <script type="module" src={assetPath(built, "console.js")} />
        {charts && <script type="module" src={assetPath(built, "charts.js")} />}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  );
}
