import { below, elementsOf, type FieldSet } from "./field.set.ts";
import { isFields, type FieldShape } from "./field.shape.ts";

/** What an object becomes when another is laid over it: what that one says nothing of stays. */
export function laidOver(live: unknown, applied: unknown, shape: FieldShape): unknown {
  if (shape.isWhole) return applied;
  if (isFields(live) && isFields(applied)) {
    const result = new Map(Object.entries(live));
    for (const [name, value] of Object.entries(applied)) {
      if (value === undefined) continue;
      result.set(name, laidOver(live[name], value, shape.field(name)));
    }
    return Object.fromEntries(result);
  }
  if (!Array.isArray(live) || !Array.isArray(applied)) return applied;
  const [before, after] = [elementsOf(live, shape), elementsOf(applied, shape)];
  return before === undefined || after === undefined
    ? applied
    : interleaved({ items: live, names: before }, { items: applied, names: after }, shape);
}

interface NamedItems {
  readonly items: readonly unknown[];
  readonly names: readonly string[];
}

/** The items of both lists in the order of what is applied; what is in its way of the others comes first. */
function interleaved(live: NamedItems, applied: NamedItems, shape: FieldShape): readonly unknown[] {
  const wanted = new Set(applied.names);
  const shared = applied.names.filter((name) => live.names.includes(name));
  const result: unknown[] = [];
  let [left, right] = [0, 0];
  const take = (name: string): void => {
    const there = live.names.indexOf(name);
    const item = applied.items[right];
    result.push(there < 0 ? item : laidOver(live.items[there], item, shape.items));
    if (shared[0] === name) shared.shift();
    right += 1;
  };
  while (left < live.names.length || right < applied.names.length) {
    const [mine, theirs] = [live.names[left], applied.names[right]];
    if (mine !== undefined && !wanted.has(mine)) {
      result.push(live.items[left]);
      left += 1;
      // One of both that is not to come next has its turn later, or has had it.
    } else if (mine !== undefined && mine !== theirs && mine !== shared[0]) left += 1;
    else if (theirs !== undefined) {
      take(theirs);
      if (mine === theirs) left += 1;
    }
  }
  return result;
}

/** An object without some places, and all that is in them. */
export function takenOut(value: unknown, gone: FieldSet, shape: FieldShape, path = ""): unknown {
  if (gone.size === 0 || shape.isWhole) return value;
  if (isFields(value)) {
    const left = Object.entries(value).filter(([name]) => !gone.has(below(path, `f:${name}`)));
    return Object.fromEntries(
      left.map(([name, part]) => [name, takenOut(part, gone, shape.field(name), below(path, `f:${name}`))]),
    );
  }
  const elements = Array.isArray(value) ? elementsOf(value, shape) : undefined;
  if (elements === undefined) return value;
  return elements.flatMap((element, index) => {
    const place = below(path, element);
    return gone.has(place) ? [] : [takenOut((value as unknown[])[index], gone, shape.items, place)];
  });
}
