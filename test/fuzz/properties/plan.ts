import { isPlan } from "../../../server/src/core/plan/plan";
import {
  commandFor,
  displayCommand,
  explain,
  notesOf,
  planOn,
} from "../../../server/src/core/plan/render/command";
import { createOptions } from "../../../server/src/core/plan/render/docker-api";
import { buildArguments, launches, launchNames } from "../../../server/src/core/project/plans";
import { readCompose } from "../../../server/src/core/surfaces/compose/read";
import { renderCompose } from "../../../server/src/core/surfaces/compose/render";
import { readFile } from "../../../server/src/core/surfaces/files";
import { uriOf } from "../case";
import { dataOf } from "./compose";
import type { Property } from "./judged";

/** Whatever a file contains, it is planned and rendered for every engine, and compose reads back what is rendered. */
const isPlanned: Property = function* ({ input, asked: { uri, text, kind, snapshot } }) {
  const file = { uri, text, kind, snapshot };
  const read = readFile(file, snapshot.read, {});
  if (read) buildArguments(read);
  const names = read ? launchNames(read).slice(0, 5) : [];
  for (const name of [undefined, ...names]) {
    for (const launch of launches(file, input.target, { name })) {
      if (!isPlan(launch.plan)) continue;
      explain(launch.plan);
      notesOf(launch.plan);
      createOptions(launch.plan.spec, "any");
      for (const engine of ["docker", "podman"] as const) {
        planOn(launch.plan, engine);
        displayCommand(commandFor(launch.plan, engine));
      }
      const compose = renderCompose(launch.plan.spec, "web");
      const { containers } = readCompose(uriOf("compose.yaml"), compose, () => undefined);
      if (containers.length !== 1 || dataOf(compose) === undefined)
        yield { property: "plan: compose does not read what is rendered", detail: compose };
    }
  }
};

export const planProperties: readonly Property[] = [isPlanned];
