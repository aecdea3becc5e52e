import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { build } from "./engine/build/build";
import { rememberImage } from "./engine/build/image-store";
import { findCompose } from "./engine/connect/compose";
import { type Attempt, type Connection, isConnection, search } from "./engine/connect/connect";
import type { System } from "./engine/connect/endpoints";
import { boot } from "./engine/container/boot";
import { followContainers, followImages } from "./engine/container/changes";
import { composedContainer } from "./engine/container/composed";
import {
  listContainers,
  removeContainer,
  startAgain,
  startContainer,
  stopContainer,
  waitForEnd,
} from "./engine/container/containers";
import { listImages } from "./engine/container/images";
import { createVolume, listLabelled, removeLabelled, removeVolume } from "./engine/container/labelled";
import { imageId, lookIntoImage } from "./engine/container/look";
import { prove } from "./engine/container/prove";
import { reportNow } from "./engine/container/report";
import { commitContainer, imageOf, pushImage, tagImage } from "./engine/container/share";
import { verifyUnits } from "./engine/container/verify";
import { fault, withFaults } from "./engine/errors";
import { controlUnit, readUnitFile, updateUnit } from "./engine/inside/control-unit";
import { enabledUnits, healthLine, skippedUnits } from "./engine/inside/enabled-units";
import { followJournal } from "./engine/inside/journal";
import { addLogin } from "./engine/inside/login";
import { openLoginConsole } from "./engine/inside/login-console";
import { publishedPorts } from "./engine/inside/published";
import { runLine } from "./engine/inside/run-line";
import { openShell } from "./engine/inside/shell";
import { readTimeline } from "./engine/inside/timeline";
import { loadedUnits, readSystem } from "./engine/inside/units";
import { listUsers } from "./engine/inside/users";
import type { Engine, EnginePlace, EngineSearch, Where } from "./ports/engine";
import type { SilentPlace } from "./ports/fault";

/** Entry point of the engine bundle, which the client loads on the first command that needs an engine. */

export interface FindOptions extends Where {
  readonly signal?: AbortSignal;
}

/** Looks for engines that this host can reach. If none responds, rejects with a fault that lists all attempts. */
export async function find(options: FindOptions = {}, system: System = machine): Promise<EngineSearch> {
  const { namedBy, places } = await search(system, options);
  if (places.some(isConnection)) return { namedBy, places: places.map(placeOf) };
  const tried = places.filter((place): place is Attempt => !isConnection(place)).map(silentPlace);
  const denied = tried.find(({ reason }) => reason.code === "permission");
  throw fault(denied ? { code: "permission", url: denied.url, tried } : { code: "no-engine", tried });
}

function placeOf(place: Connection | Attempt): EnginePlace {
  if (!isConnection(place)) return silentPlace(place);
  const { url, source } = place.endpoint;
  return { url, source, engine: engineOf(place) };
}

function silentPlace({ endpoint: { url, source }, reason }: Attempt): SilentPlace {
  return { url, source, reason };
}

function engineOf(connection: Connection): Engine {
  const { docker, endpoint, name, identity, facts, details } = connection;
  return {
    name,
    url: endpoint.url,
    identity,
    facts,
    details,
    prove: (request, job) => prove(connection, request, job),
    build: (request, job) => build(connection, request, job),
    rememberImage: (reference) =>
      withFaults("ask-for-image", undefined, () => rememberImage(docker, reference)),
    start: (request, signal) => startContainer(connection, request, signal),
    boot: ({ id }, seconds, job) => boot(docker, { id, seconds }, job),
    report: ({ id }) => reportNow(docker, id),
    containers: () => listContainers(docker),
    composed: (service) => composedContainer(docker, service),
    ended: ({ id }) =>
      withFaults("list-containers", undefined, async () => void (await waitForEnd(docker, id))),
    follow: (heard, signal) => followContainers(docker, heard, signal),
    stop: ({ id }) => stopContainer(docker, id),
    imageOf: ({ id }) => imageOf(docker, id),
    commit: ({ id }, reference, signal) => commitContainer(docker, id, reference, signal),
    tag: (image, reference) => tagImage(docker, image, reference),
    push: (reference, job) => pushImage(connection, reference, job),
    remove: ({ id }) => removeContainer(docker, id),
    labelled: (label) => listLabelled(docker, label),
    removeLabelled: (item) => removeLabelled(docker, item),
    createVolume: (name, labels) => createVolume(docker, name, labels),
    removeVolume: (name) => removeVolume(docker, name),
    startAgain: ({ id }) => startAgain(docker, id),
    shell: ({ id }, size, user) => openShell(docker, id, size, user),
    users: ({ id }) => listUsers(docker, id),
    console: ({ id }, size) => openLoginConsole(docker, id, size),
    run: ({ id }, line, job) => runLine(docker, id, line, job),
    units: ({ id }) => loadedUnits(docker, id),
    enabled: ({ id }) => enabledUnits(docker, id),
    skipped: ({ id }, units) => skippedUnits(docker, id, units),
    healthLine: ({ id }) => healthLine(docker, id),
    system: ({ id }) => readSystem(docker, id),
    timeline: ({ id }) => readTimeline(docker, id),
    control: ({ id }, unit, verb, signal) => controlUnit(docker, id, { unit, verb }, signal),
    unitFile: ({ id }, unit) => readUnitFile(docker, id, unit),
    updateUnit: ({ id }, update, signal) => updateUnit(docker, id, update, signal),
    journal: ({ id }, unit, signal) => followJournal(docker, { container: id, unit }, signal),
    published: ({ id }) => publishedPorts(docker, endpoint, id),
    images: () => listImages(docker),
    imageId: (reference, signal) => imageId(docker, reference, signal),
    followImages: (heard, signal) => followImages(docker, heard, signal),
    look: (reference, signal) => lookIntoImage(connection, reference, signal),
    verifyUnits: (request, signal) => verifyUnits(docker, request, signal),
    addLogin: ({ id }, login, signal) => addLogin(docker, id, login, signal),
    compose: (signal) => findCompose(facts.engine, endpoint, signal),
  };
}

const machine: System = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  readFile: (path) => readFile(path).catch(() => undefined),
  listFolder: (path) => readdir(path).catch(() => []),
};
