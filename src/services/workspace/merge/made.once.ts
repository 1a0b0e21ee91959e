/**
 * Makes something of a value that nobody changes once, however often it is asked for: an answer that still holds when it is
 * asked for again is the same value, and what was made of it goes when the value does.
 */
export function madeOnce<Value extends object, Made>(make: (value: Value) => Made): (value: Value) => Made {
  const known = new WeakMap<Value, { readonly made: Made }>();
  return (value) => {
    const old = known.get(value);
    if (old) return old.made;
    const made = make(value);
    known.set(value, { made });
    return made;
  };
}
