import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import type { Hub } from "../../live/hub.ts";
import {
  projectOf,
  projectTopic,
  unheard,
  type ChangeAudience,
  type LiveEvents,
} from "../../live/live-events.ts";

/** Tells those here who listen to a project that changes may have gone unheard. */
export interface UnheardTeller {
  /** At once or, where it was told often of late, once as soon as it may be told again. */
  readonly tell: (
    project: { readonly producer: string; readonly env: string },
    audience?: ChangeAudience,
  ) => void;
}

/** How often a project may be told in how long: whoever is told reads everything anew. */
interface Pace {
  readonly most: number;
  readonly withinMs: number;
}

/** That something broke, and that it is well again. */
const usualPace: Pace = { most: 2, withinMs: 30_000 };

/** How many projects' tellings are remembered. */
const remembered = 10_000;

/** When a project was told of late, the newest last, and whether it will be by itself. */
interface Told {
  at: readonly number[];
  isPlanned: boolean;
}

/** Tells also, by itself, of times in which other replicas cannot be heard: when one begins, and when it is over. */
export function createUnheardTeller(hub: Hub<LiveEvents>, { most, withinMs } = usualPace): UnheardTeller {
  const recently = new LRUCache<string, Told>(atMost(remembered));

  const tell: UnheardTeller["tell"] = (project, audience = "project") => {
    const topic = projectTopic(project);
    const key = `${audience} ${topic}`;
    const told = recently.get(key) ?? { at: [], isPlanned: false };
    if (told.isPlanned) return;
    recently.set(key, told);
    const say = () => {
      told.isPlanned = false;
      told.at = [...told.at, performance.now()].slice(-most);
      hub.tell("projectChanged", topic, { ...unheard(project), audience });
    };
    const [first] = told.at;
    const isFree = first === undefined || told.at.length < most;
    const waitMs = isFree ? 0 : first + withinMs - performance.now();
    if (waitMs <= 0) return say();
    told.isPlanned = true;
    setTimeout(say, waitMs).unref();
  };

  hub.onGap("projectChanged", {
    begins: (topics) => topics.forEach((topic) => tell(projectOf(topic))),
    isOver: (topic) => tell(projectOf(topic)),
  });
  return { tell };
}
