/** Keys whose results are kept at a time. */
const most = 500;

/** Remembers what was made of recent keys: the formats of a load repeat in every row. */
export function remembering<Made>(make: (key: string) => Made): (key: string) => Made {
  const made = new Map<string, Made>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}
