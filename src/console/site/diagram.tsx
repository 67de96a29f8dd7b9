/** How a download goes: once from the bucket, and then no more. */
export function Diagram() {
  return (
    <svg class="diagram" viewBox="0 0 480 372" role="img" aria-labelledby="diagram-title diagram-text">
      <title id="diagram-title">The first download and all later ones</title>
      <desc id="diagram-text">
        First download: the client asks Snapbyte, is sent on to your bucket, and gets the file from there; behind its
        back Snapbyte fetches a copy. Every later download: the client asks Snapbyte and gets the copy; your bucket
        sends nothing.
      </desc>
      <Lane x={64} label="Client" />
      <Lane x={240} label="Snapbyte" ours />
      <Lane x={416} label="Your bucket" />
      <text x={0} y={66} class="name">
        First download
      </text>
      <Way from={64} to={240} y={92} text="your signed link" />
      <Way from={240} to={64} y={122} text="302, go there" />
      <Way from={64} to={416} y={152} text="the same link, byte for byte" />
      <Way from={416} to={64} y={182} text="the file: egress, paid once" />
      <Way from={416} to={240} y={212} text="a copy, in the background" dashed />
      <line x1={0} y1={240} x2={480} y2={240} class="life" />
      <text x={0} y={266} class="name">
        Every later one
      </text>
      <Way from={64} to={240} y={292} text="your signed link" />
      <Way from={240} to={64} y={326} text="the copy: no egress" free />
      <text x={416} y={312} text-anchor="middle" class="soft">
        sends nothing
      </text>
    </svg>
  );
}

function Lane({ x, label, ours = false }: { x: number; label: string; ours?: boolean }) {
  return (
    <g>
      <line x1={x} y1={36} x2={x} y2={360} class="life" />
      <rect x={x - 62} y={4} width={124} height={32} rx={6} class={ours ? "box ours" : "box"} />
      <text x={x} y={25} text-anchor="middle" class="name">
        {label}
      </text>
    </g>
  );
}

type WayProps = { from: number; to: number; y: number; text: string; free?: boolean; dashed?: boolean };

function Way({ from, to, y, text, free = false, dashed = false }: WayProps) {
  const right = to > from;
  const end = right ? to - 3 : to + 3;
  const tip = right
    ? `${end},${y} ${end - 8},${y - 4} ${end - 8},${y + 4}`
    : `${end},${y} ${end + 8},${y - 4} ${end + 8},${y + 4}`;
  return (
    <g>
      <line
        x1={from}
        y1={y}
        x2={right ? end - 6 : end + 6}
        y2={y}
        class={free ? "way free" : "way"}
        {...(dashed && { "stroke-dasharray": "5 4" })}
      />
      <polygon points={tip} class={free ? "tip free" : "tip"} />
      <text x={(from + to) / 2} y={y - 6} text-anchor="middle" class={free ? undefined : "soft"}>
        {text}
      </text>
    </g>
  );
}
