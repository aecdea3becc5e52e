import type { BuildLink } from "../../container/source";
import type { ContainerSpec } from "../../container/spec";
import type { EngineFacts } from "../../engine";
import { dockerArguments, podmanArguments } from "./arguments";
import { displayCommand } from "./command";
import { composeFile } from "./compose";
import { renderDevcontainer } from "./devcontainer";
import { dockerRun } from "./docker-run";
import { renderKubernetes } from "./kubernetes";
import { renderMolecule } from "./molecule";
import { renderQuadlet } from "./quadlet";
import { type Rendered, unsaidOf } from "./rendered";

/** A container to be written in some format, and what else is known about it. */
export interface Run {
  readonly spec: ContainerSpec;
  readonly reference: string;
  /** The name of the stage, the service or the container. */
  readonly name: string;
  /** The engine that the container is planned for. */
  readonly engine: EngineFacts["engine"];
  /**
   * `build` is the link to the Dockerfile of the image; `folder` is the URI of the directory of the file that starts
   * the container.
   */
  readonly build?: BuildLink;
  readonly folder?: string;
}

/** A text format that can start a container. */
interface PlanFormat {
  /**
   * The engine that reads the format or whose plan suits it best; undefined if the container's target engine is used.
   */
  readonly engine?: EngineFacts["engine"];
  /** The characters that start a comment in this format. */
  readonly comment: "#" | "//";
  render(run: Run): Rendered;
}

/** The formats in which a plan can be written, keyed by their names on the command line. */
export const planFormats = {
  docker: {
    engine: "docker",
    comment: "#",
    render: ({ spec, reference }) => ({
      text: `${displayCommand(dockerArguments(dockerRun(spec), reference))}\n`,
      unsaid: unsaidOf(spec, dockerRun(spec)),
      notes: [],
    }),
  },
  podman: {
    engine: "podman",
    comment: "#",
    render: ({ spec, reference }) => ({
      text: `${displayCommand(podmanArguments(spec, reference))}\n`,
      unsaid: [],
      notes: [],
    }),
  },
  quadlet: {
    engine: "podman",
    comment: "#",
    render: ({ spec, reference }) => renderQuadlet(spec, reference),
  },
  compose: {
    comment: "#",
    render: ({ spec, reference, name }) => composeFile(spec, reference, name),
  },
  devcontainer: {
    comment: "//",
    render: ({ name, ...run }) => renderDevcontainer(run, name),
  },
  molecule: {
    comment: "#",
    render: ({ spec, reference, name, engine }) => renderMolecule(spec, reference, name, engine),
  },
  kubernetes: {
    engine: "docker",
    comment: "#",
    render: ({ spec, reference, name }) => renderKubernetes(spec, reference, name),
  },
} as const satisfies Record<string, PlanFormat>;

export type FormatName = keyof typeof planFormats;

/** The engine that a format is for; undefined if several engines read it. */
export function engineOf(name: FormatName): EngineFacts["engine"] | undefined {
  const format: PlanFormat = planFormats[name];
  return format.engine;
}

/** Writes a container in a format. */
export function renderRun(format: FormatName, run: Run): Rendered {
  return planFormats[format].render({ ...run, name: plainName(run.name) });
}

/** A name that every format accepts. A container without a name gets that of its image, without registry and tag. */
function plainName(name: string): string {
  const [image = ""] = name.slice(name.lastIndexOf("/") + 1).split(/[:@]/);
  return image.replace(/[^\w.-]+/g, "-").replace(/^\W+/, "") || "app";
}
