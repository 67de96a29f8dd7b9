type Props = {
  /** What the pages are of. */
  readonly label: string;
  /** `null`: this is the last page. */
  readonly next: string | null;
  /** `null`: this is the first. */
  readonly first: string | null;
};

/** To the next page, and back to the first: the API's cursors lead forward only. */
export function Pager({ label, next, first }: Props) {
  if (!next && !first) return null;
  return (
    <nav class="pager" aria-label={label}>
      {first && (
        <a class="button quiet" href={first}>
          First page
        </a>
      )}
      {next && (
        <a class="button quiet" href={next} rel="next">
          Next page
        </a>
      )}
    </nav>
  );
}
