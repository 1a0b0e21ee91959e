/** Bounds a cache to so many entries, without taking the room for all of them before there are any. */
export const atMost = (entries: number) => ({ maxSize: entries, sizeCalculation: () => 1 });
