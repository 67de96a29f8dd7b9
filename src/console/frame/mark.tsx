/** Our mark: a stream that comes in once and goes out many times. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d="M3 12h7" />
      <path d="M12 12 21 5M12 12h9M12 12l9 7" />
      <circle cx="11" cy="12" r="2.6" />
    </svg>
  );
}
